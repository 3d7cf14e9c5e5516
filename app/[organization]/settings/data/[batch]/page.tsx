import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { memberPage } from '@/lib/auth/session'
import { authorize, can } from '@/lib/authorization/permissions'
import { getBatch, isGoodCheck, listFailedRows, listKeptRows } from '@/lib/imports/batches'
import { getJob } from '@/lib/jobs/jobs'
import { NotFoundError } from '@/lib/errors'
import { describeCounts } from '@/lib/imports/words'
import { ErrorLinks } from '../../../imports/error-links'
import { JobList } from '../../../jobs/job-list'
import { STATUS_WORDS } from '../words'
import { ApplyButton } from './apply-button'
import { UndoButton } from '../../../imports/undo-button'

export const metadata: Metadata = { title: 'Import' }

const KEPT_WORDS: Record<string, string> = { kept_edited: 'kept, edited since', kept_in_use: 'kept, in use', failed: 'not undone' }
const SHOWN = 100

export default async function BatchPage({ params }: { params: Promise<{ organization: string; batch: string }> }) {
  const { organization, batch: id } = await params
  const { batch, failed, kept, job, member } = await memberPage(organization, async (scope) => {
    authorize(scope, 'imports:run')
    const batch = await getBatch(scope, id)
    const job = batch.options.job ? await getJob(scope, batch.options.job).catch((error: unknown) => { if (error instanceof NotFoundError) return null; throw error }) : null
    return { batch, job, failed: await listFailedRows(scope, id, { size: SHOWN }), kept: await listKeptRows(scope, id), member: scope.member }
  })
  const { label, tone } = STATUS_WORDS[batch.status]
  const isOver = job === null || !['queued', 'running'].includes(job.status)
  const mayUndo = batch.appliedBy !== null && !batch.undoneAt && isOver && (batch.appliedBy === member.userId || can(member.role, 'imports:undo_any')) && batch.status !== 'undone'
  const isTrial = batch.status === 'checking' || batch.status === 'checked'
  const mayApply = isGoodCheck(batch) && batch.requestedBy === member.userId && (batch.counts.created ?? 0) > 0
  const actions = mayApply
    ? <ApplyButton id={id} fileName={batch.fileName} created={batch.counts.created ?? 0} failed={batch.counts.failed ?? 0} />
    : mayUndo && <UndoButton id={id} fileName={batch.fileName} created={batch.counts.created ?? 0} />
  return (
    <>
      <PageHeader title={batch.fileName} breadcrumbs={[{ label: 'Data', href: `/${organization}/settings/data` }]} badge={<Badge tone={tone}>{label}</Badge>} description={describeCounts(batch.counts, batch.status)} actions={actions} />
      <div className="flex flex-col gap-6">
        {job && !isOver && <JobList jobs={[job]} />}
        {batch.options.reason && <p>Brought in again because: {batch.options.reason}</p>}
        {kept.length > 0 && (
          <Table caption="What undoing has left">
            <TableHead><Th>Record</Th><Th>Line</Th><Th>State</Th><Th>Why</Th></TableHead>
            <TableBody>
              {kept.map(({ id: row, label: name, line, undoOutcome, undoReason }) => (
                <Tr key={row}><Td primary>{name}</Td><Td label="Line">{line}</Td><Td label="State">{KEPT_WORDS[undoOutcome ?? '']}</Td><Td label="Why">{undoReason}</Td></Tr>
              ))}
            </TableBody>
          </Table>
        )}
        <Card>
          <CardHeader title={`${isTrial ? 'Rows that would fail' : 'Rows that failed'} (${(batch.counts.failed ?? 0).toLocaleString('en')})`} actions={failed.length > 0 && <ErrorLinks batch={id} />} />
          {failed.length === 0 ? <CardBody className="text-text-muted">{isTrial ? 'Every row would come in.' : 'Every row came in.'}</CardBody> : (
            <ul className="divide-y">
              {failed.map(({ line, message, raw }) => <li key={line} className="flex gap-4 px-4 py-2">
                <span className="w-20 shrink-0 text-text-muted tabular-nums">Line {line}</span>
                <span className="min-w-0 wrap-anywhere">{raw[0] && <span className="font-medium">{raw[0].slice(0, 80)}: </span>}{message}</span>
              </li>)}
            </ul>
          )}
        </Card>
      </div>
    </>
  )
}
