import { ListChecks } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Badge } from '@/components/ui/badge'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { RelativeTime } from '@/components/ui/relative-time'
import { Select } from '@/components/ui/select'
import type { Tone } from '@/components/ui/tone'
import { sessionToken } from '@/lib/auth/cookies'
import { requireSuperAdmin } from '@/lib/auth/super-admin'
import { ERROR_CLASSES, listJobsOfAll } from '@/lib/health/console'
import { JOB_STATUSES } from '@/lib/jobs/jobs'
import { JOB_KINDS } from '@/lib/jobs/kinds'
import { isUuid } from '@/lib/uuid'
import { FilterBar } from '../filter-bar'
import { whole } from '../format'
import { SteerJob } from './steer-job'

export const metadata: Metadata = { title: 'Jobs' }

const SIZE = 50
const TONES: Record<string, Tone> = { queued: 'neutral', running: 'info', succeeded: 'success', failed: 'danger', cancelled: 'warning' }
const words = (name: string) => name.replaceAll('_', ' ')

export default async function JobsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { timezone } = await requireSuperAdmin()
  const query = await searchParams
  const one = (name: string, allowed: (value: string) => boolean) => [query[name]].flat().find((value): value is string => value !== undefined && allowed(value)) ?? null
  const status = one('status', (value) => (JOB_STATUSES as readonly string[]).includes(value))
  const kind = one('kind', (value) => Object.hasOwn(JOB_KINDS, value))
  const before = one('before', isUuid)
  const found = await listJobsOfAll((await sessionToken())!, { status, kind, before, size: SIZE + 1 })
  const [jobs, zone] = [found.slice(0, SIZE), timezone ?? 'UTC']
  const hrefOf = (last: string | null) => `/admin/jobs?${new URLSearchParams(Object.entries({ status, kind, before: last }).filter((pair): pair is [string, string] => Boolean(pair[1]))).toString()}`
  return (
    <>
      <PageHeader title="Jobs" description="Imports, exports and archives of all organizations, the latest first. What they are about is theirs." />
      <FilterBar path="/admin/jobs" isFiltered={Boolean(status || kind)}>
        <Select name="status" aria-label="State" defaultValue={status ?? ''} options={[{ value: '', label: 'Every state' }, ...JOB_STATUSES.map((value) => ({ value, label: value }))]} className="sm:w-40" />
        <Select name="kind" aria-label="Kind" defaultValue={kind ?? ''} options={[{ value: '', label: 'Every kind' }, ...Object.keys(JOB_KINDS).map((value) => ({ value, label: words(value) }))]} className="sm:w-48" />
      </FilterBar>
      {jobs.length === 0 ? <EmptyState icon={<ListChecks />} title="No jobs here">{status || kind ? 'None is in this state or of this kind.' : 'Nobody has asked for anything slow in the last month.'}</EmptyState> : (
        <Table caption="Jobs">
          <TableHead><Th>Kind</Th><Th>Organization</Th><Th>State</Th><Th align="end">Tries</Th><Th align="end">Done</Th><Th>Asked for</Th><Th labelHidden>Act</Th></TableHead>
          <TableBody>
            {jobs.map((job) => (
              <Tr key={job.id}>
                <Td primary><span title={job.id}>{words(job.kind)}</span></Td>
                <Td label="Organization">{job.organization}</Td>
                <Td label="State"><Badge tone={TONES[job.status]}>{job.status}</Badge>{job.errorClass && <span className="ms-2 text-[0.8125rem] text-text-muted">{ERROR_CLASSES[job.errorClass]}</span>}</Td>
                <Td label="Tries" align="end" className="tabular-nums">{job.attempts}</Td>
                <Td label="Done" align="end" className="tabular-nums">{whole(job.done)}{job.total !== null && ` of ${whole(job.total)}`}</Td>
                <Td label="Asked for" className="text-text-muted"><RelativeTime iso={job.createdAt.toISOString()} timeZone={zone} /></Td>
                <Td align="end">{['queued', 'running', 'failed'].includes(job.status) && <SteerJob organization={job.organizationId} id={job.id} isFailed={job.status === 'failed'} label={`${words(job.kind)} of ${job.organization}`} />}</Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination previousHref={before ? hrefOf(null) : undefined} nextHref={found.length > SIZE ? hrefOf(jobs.at(-1)!.id) : undefined} />
    </>
  )
}
