import { Database, Download } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button-class'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { Day } from '@/components/ui/day'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listExports } from '@/lib/exports/exports'
import { listBatches } from '@/lib/imports/batches'
import { describeCounts } from '@/lib/imports/words'
import { listJobs } from '@/lib/jobs/jobs'
import { JobList } from '../../jobs/job-list'
import { ArchiveCard } from './archive-card'
import { RestoreReport } from './restore-report'
import { STATUS_WORDS } from './words'

export const metadata: Metadata = { title: 'Data' }

export default async function DataPage({ params }: { params: Promise<{ organization: string }> }) {
  const { batches, exports, jobs, member } = await memberPage((await params).organization, async (scope) => ({
    batches: can(scope.member.role, 'imports:run') ? await listBatches(scope) : [], exports: await listExports(scope), jobs: await listJobs(scope), member: scope.member,
  }))
  const base = `/${member.organization.slug}/settings/data`
  const when = (at: Date) => <RelativeTime iso={at.toISOString()} timeZone={member.timezone} />
  return (
    <>
      <PageHeader title="Data" description="What was brought in and taken away. Lists have an Import and an Export button of their own." />
      <div className="flex flex-col gap-6">
        <RestoreReport job={jobs.find(({ kind, finishedAt }) => kind === 'archive_restore' && finishedAt)} />
        {jobs.some(({ status }) => status === 'queued' || status === 'running') && <JobList jobs={jobs.filter(({ status }) => status === 'queued' || status === 'running')} />}
        <section aria-labelledby="imports" className="flex flex-col gap-3">
          <h2 id="imports" className="font-semibold">Imports</h2>
          {batches.length === 0 ? (
            <EmptyState icon={<Database />} title="Nothing was imported yet">Files that you bring into a list stand here, with what became of each row, and can be undone for 30 days.</EmptyState>
          ) : (
            <Table caption="Imports">
              <TableHead>
                <Th>File</Th>
                <Th>Into</Th>
                <Th>By</Th>
                <Th>State</Th>
                <Th>Rows</Th>
              </TableHead>
              <TableBody>
                {batches.map(({ id, fileName, target, place, by, status, counts, createdAt }) => (
                  <Tr key={id}>
                    <Td primary><AppLink href={`${base}/${id}`} className="inline-flex min-h-6 items-center hover:underline wrap-anywhere">{fileName}</AppLink></Td>
                    <Td label="Into">{place ?? target}</Td>
                    <Td label="By"><span>{by}, {when(createdAt)}</span></Td>
                    <Td label="State"><Badge tone={STATUS_WORDS[status].tone}>{STATUS_WORDS[status].label}</Badge></Td>
                    <Td label="Rows">{describeCounts(counts, status)}</Td>
                  </Tr>
                ))}
              </TableBody>
            </Table>
          )}
        </section>
        {can(member.role, 'organization:archive') && <ArchiveCard />}
        <Card>
          <CardHeader title="My export files" description="Long lists become a file, which is kept for seven days for you alone." />
          {exports.length === 0 ? <CardBody className="text-text-muted">No file is kept at present.</CardBody> : (
            <ul className="divide-y">
              {exports.map(({ id, fileName, rowCount, expiresAt }) => (
                <li key={id} className="flex flex-wrap items-center gap-3 px-4 py-2">
                  <span className="min-w-0 flex-1">
                    <span className="font-medium wrap-anywhere">{fileName}</span> <span className="text-[0.8125rem] text-text-muted">{rowCount.toLocaleString('en')} rows, kept until <Day iso={expiresAt.toISOString()} timeZone={member.timezone} /></span>
                  </span>
                  <a href={`/api/v1/${member.organization.slug}/exports/files/${id}`} download={fileName} className={buttonClass({ size: 'sm' })}><Download aria-hidden className="size-4" /> Download<span className="sr-only"> {fileName}</span></a>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </>
  )
}
