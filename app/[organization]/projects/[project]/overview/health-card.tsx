import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { HealthBadge } from '../../health-badge'
import type { FindingKind, Health } from '@/lib/projects/health'

const FINDINGS: { kind: FindingKind; label: string; query?: string }[] = [
  { kind: 'overdue', label: 'Overdue', query: 'due=overdue' },
  { kind: 'blocked', label: 'Blocked', query: 'status=blocked' },
  { kind: 'unassigned', label: 'Nobody’s', query: 'status=open&assignee=nobody' },
  { kind: 'waitingOnCancelled', label: 'Waiting for a cancelled task' },
  { kind: 'unestimated', label: 'Without an estimate', query: 'status=open&estimate=none' },
  { kind: 'stale', label: 'Unchanged for 14 days' },
]

export function HealthCard({ health, path }: { health: Health; path: string }) {
  const { reasons, counts } = health
  const found = FINDINGS.filter(({ kind }) => counts[kind] > 0)
  return (
    <Card aria-labelledby="health">
      <CardHeader title={<span id="health">Health</span>} actions={<HealthBadge health={health} />} />
      <CardBody className="flex flex-col gap-3">
        <p className="text-text-muted">{counts.open === 0 ? 'No open tasks.' : `${counts.open} open task${counts.open === 1 ? '' : 's'}${reasons.length ? `: ${reasons.join(', ')}.` : ', and nothing that holds it up.'}`}</p>
        {found.length > 0 && (
          <dl className="grid grid-cols-2 gap-2 sm:grid-cols-3">
            {found.map(({ kind, label: name, query }) => (
              <div key={kind} className="flex flex-col-reverse justify-end rounded-md border px-3 py-2">
                <dt className="text-[0.8125rem] text-text-muted">{name}</dt>
                <dd className="text-lg font-semibold tabular-nums">{query ? <AppLink href={`${path}?${query}`} className="inline-flex min-h-6 items-center hover:underline">{counts[kind]}</AppLink> : counts[kind]}</dd>
              </div>
            ))}
          </dl>
        )}
      </CardBody>
    </Card>
  )
}
