import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { Finding, FoundTask } from '@/lib/projects/findings'
import type { Health } from '@/lib/projects/health'
import { FINDING_LABELS, type FindingKind } from '@/lib/tasks/finding-kinds'
import { HealthBadge } from '../../health-badge'

export function HealthCard({ health, findings, path }: { health: Health; findings: Finding[]; path: string }) {
  const { reasons, counts } = health
  return (
    <Card aria-labelledby="health">
      <CardHeader title={<span id="health">Health</span>} actions={<HealthBadge health={health} />} />
      <CardBody className="flex flex-col gap-3">
        <p className="text-text-muted">{counts.open === 0 ? 'No open tasks.' : `${counts.open} open task${counts.open === 1 ? '' : 's'}${reasons.length ? `: ${reasons.join(', ')}.` : ', and nothing that holds it up.'}`}</p>
        {findings.map(({ kind, count, tasks }) => (
          <section key={kind} aria-label={FINDING_LABELS[kind]} className="rounded-md border px-3 py-2">
            <h3 className="font-medium">
              <AppLink href={`${path}?finding=${kind}`} className="flex min-h-6 items-center justify-between gap-3 hover:underline">{FINDING_LABELS[kind]} <span className="font-semibold tabular-nums">{count}</span></AppLink>
            </h3>
            <ul className="text-[0.8125rem]">
              {tasks.map((task) => (
                <li key={task.id} className="wrap-anywhere">
                  <AppLink href={`${path}/tasks/${task.number}`} className="inline-flex min-h-6 items-center hover:underline"><span className="me-1.5 shrink-0 font-mono text-xs text-text-muted">{task.key}</span>{task.title}</AppLink>
                  <Why kind={kind} task={task} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </CardBody>
    </Card>
  )
}

function Why({ kind, task: { days, reason } }: { kind: FindingKind; task: FoundTask }) {
  const age = days === null ? '' : days === 1 ? '1 day' : `${days} days`
  const words = kind === 'waiting_on_cancelled' ? `waits for ${reason}` : (reason ?? age)
  return words && <span className="text-text-muted"> · {words}</span>
}
