import { AppLink } from '@/components/ui/app-link'
import { CopyButton } from '@/components/ui/copy-button'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { ProgressBar } from '@/components/ui/progress-bar'
import { longDay } from '@/lib/days'
import type { Held } from '@/lib/reports/attention'
import { type Completed, toMarkdown } from '@/lib/reports/digest'
import type { MyWork } from '@/lib/reports/my-work'
import type { Progress } from '@/lib/reports/progress'
import { PRIORITIES, PRIORITY_LABELS, STATUS_LABELS } from '@/lib/tasks/rules'
import { ReportCard } from './report-card'

const SHOWN_MAX = 50
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

export function MyWorkCard({ work, list }: { work: MyWork[]; list: string }) {
  const shown = work.filter(({ total }) => total > 0)
  return (
    <ReportCard title="My work" description="Open tasks that are assigned to you.">
      {shown.length === 0 ? <p className="text-text-muted">Nothing of yours is open here.</p> : (
        <Table caption="My work by status and priority">
          <TableHead><Th>Status</Th>{PRIORITIES.map((priority) => <Th key={priority} align="end">{PRIORITY_LABELS[priority]}</Th>)}<Th align="end">Overdue</Th></TableHead>
          <TableBody>
            {shown.map(({ status, counts, overdue }) => (
              <Tr key={status}>
                <Td primary><AppLink href={`${list}?assignee=me&status=${status}`} className="inline-flex min-h-6 items-center hover:underline">{STATUS_LABELS[status]}</AppLink></Td>
                {PRIORITIES.map((priority) => <Td key={priority} label={PRIORITY_LABELS[priority]} align="end">{counts[priority]}</Td>)}
                <Td label="Overdue" align="end" className={overdue ? 'font-medium text-danger' : ''}>{overdue}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
    </ReportCard>
  )
}

export function ProgressCard({ progress }: { progress: Progress[] }) {
  return (
    <ReportCard title="Progress" description="Done of all tasks but cancelled ones. Choose a project to see its workstreams and goals." list="progress">
      {progress.length === 0 ? <p className="text-text-muted">Nothing to count yet.</p> : (
        <ul className="flex flex-col gap-3">
          {progress.map(({ kind, id, name, done, total, percent }) => (
            <li key={id} className="flex flex-col gap-1">
              <span className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 truncate font-medium">{name} <span className="text-xs font-normal text-text-muted">{kind}</span></span>
                <span className="shrink-0 text-text-muted tabular-nums">{done} of {total}</span>
              </span>
              <ProgressBar label={`${kind} ${name}: ${percent} %`} value={percent} showValue />
            </li>
          ))}
        </ul>
      )}
    </ReportCard>
  )
}

export function HeldCard({ held, total, home }: { held: Held[]; total: number; home: string }) {
  return (
    <ReportCard title="Blocked and overdue" description="As of now, what has waited longest first." list="held">
      {held.length === 0 ? <p className="text-text-muted">Nothing is blocked or overdue.</p> : (
        <Table caption="Blocked and overdue tasks">
          <TableHead><Th>Task</Th><Th>Status</Th><Th>Reason</Th><Th>Assigned</Th><Th>For</Th></TableHead>
          <TableBody>
            {held.slice(0, SHOWN_MAX).map(({ id, key, projectSlug, number, title, status, reason, people, blockedDays, lateDays }) => (
              <Tr key={id}>
                <Td primary>
                  <AppLink href={`${home}/projects/${projectSlug}/tasks/${number}`} className="inline-flex min-h-6 items-baseline gap-2 hover:underline"><span className="shrink-0 font-mono text-xs font-normal text-text-muted">{key}</span>{title}</AppLink>
                </Td>
                <Td label="Status">{status}</Td>
                <Td label="Reason" className="wrap-anywhere">{reason || '–'}</Td>
                <Td label="Assigned">{people}</Td>
                <Td label="For" className="whitespace-nowrap">{[...(blockedDays === null ? [] : [`${days(blockedDays)} blocked`]), ...(lateDays === null ? [] : [`${days(lateDays)} overdue`])].join(', ')}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      {total > SHOWN_MAX && <p className="mt-3 text-text-muted">{total - SHOWN_MAX} more are in the export.</p>}
    </ReportCard>
  )
}

export function DigestCard({ completed, home, isCapped }: { completed: Completed[]; home: string; isCapped: boolean }) {
  return (
    <ReportCard title="Completed" description="What was done in this time, in the words of those who did it." list="completed">
      {completed.length === 0 ? <p className="text-text-muted">Nothing was completed in this time.</p> : (
        <>
          <div className="mb-3"><CopyButton text={toMarkdown(completed)} label="Copy as Markdown" /></div>
          <ol className="flex flex-col divide-y">
            {completed.slice(0, SHOWN_MAX).map(({ id, key, projectSlug, number, title, summary, on }) => (
              <li key={id} className="py-2">
                <AppLink
                  href={`${home}/projects/${projectSlug}/tasks/${number}`} className="inline-flex min-h-6 items-baseline gap-2 font-medium hover:underline"
                ><span className="shrink-0 font-mono text-xs font-normal text-text-muted">{key}</span>{title}</AppLink>
                <p className="wrap-anywhere text-text-muted">{longDay(on)}{summary && `: ${summary}`}</p>
              </li>
            ))}
          </ol>
          {completed.length > SHOWN_MAX && <p className="mt-3 text-text-muted">{isCapped ? 'More' : `${completed.length - SHOWN_MAX} more`} are in the export{isCapped ? '; the Markdown holds the last 200' : ' and in the Markdown'}.</p>}
        </>
      )}
    </ReportCard>
  )
}
