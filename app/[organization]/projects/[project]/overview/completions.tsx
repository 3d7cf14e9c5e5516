import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import type { Completion } from '@/lib/tasks/completions'

export function Completions({ completions, path, projectKey, timeZone }: { completions: Completion[]; path: string; projectKey: string; timeZone: string }) {
  return (
    <Card aria-labelledby="completions">
      <CardHeader title={<span id="completions">Lately done</span>} />
      <CardBody>
        {completions.length === 0 && <p className="text-text-muted">What is completed stands here, with what was done.</p>}
        <ul className="-my-2 divide-y empty:hidden">
          {completions.map(({ id, number, title, completionSummary, completedAt }) => (
            <li key={id} className="py-2">
              <div className="flex flex-wrap items-baseline justify-between gap-x-3">
                <AppLink href={`${path}/tasks/${number}`} className="min-w-0 wrap-anywhere hover:underline"><span className="me-2 font-mono text-xs text-text-muted">{projectKey}-{number}</span>{title}</AppLink>
                <span className="text-[0.8125rem] text-text-muted"><RelativeTime iso={completedAt.toISOString()} timeZone={timeZone} /></span>
              </div>
              <p className="line-clamp-2 text-[0.8125rem] wrap-anywhere text-text-muted">{completionSummary}</p>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}
