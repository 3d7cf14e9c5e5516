import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { nextAddress } from '@/lib/tasks/next-address'
import type { Next } from '@/lib/tasks/next-task'
import { StatusBadge } from '../../../tasks/status'

/** What its reader does next in this project, and why; where it is begun or put off is the page of the next task. */
export function NextHere({ next, organization, projectId, path }: { next: Next; organization: string; projectId: string; path: string }) {
  const all = <AppLink href={`/${organization}/next${nextAddress({ project: projectId })}`} className="link text-[0.8125rem]">{next.task ? 'Start or skip' : 'Why nothing'}</AppLink>
  return (
    <Card aria-labelledby="next-here">
      <CardHeader title={<span id="next-here">Next for you</span>} actions={all} />
      <CardBody>
        {next.task ? (
          <div className="flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <AppLink href={`${path}/tasks/${next.task.number}`} className="wrap-anywhere hover:underline"><span className="me-2 font-mono text-xs text-text-muted">{next.task.key}</span><span className="font-medium">{next.task.title}</span></AppLink>
              <p className="text-[0.8125rem] text-text-muted">{next.reason}.</p>
            </div>
            <StatusBadge status={next.task.status} />
          </div>
        ) : <p className="text-text-muted">Nothing here is yours or nobody’s and ready to be done.</p>}
      </CardBody>
    </Card>
  )
}
