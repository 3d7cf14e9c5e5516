'use client'

import { useRouter } from 'next/navigation'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { Job } from '@/lib/jobs/jobs'
import { JobProgress } from './job-progress'

const LABELS: Record<string, string> = { import_check: 'Trying an import', import_apply: 'Importing', import_undo: 'Undoing an import', export_list: 'Export', archive: 'Making the archive', archive_restore: 'Restoring from the archive' }

/** My slow work that is under way. */
export function JobList({ jobs }: { jobs: Job[] }) {
  const router = useRouter()
  return (
    <Card>
      <CardHeader title="Under way" />
      <CardBody className="flex flex-col gap-4">
        {jobs.map((job) => <JobProgress key={job.id} job={job} label={LABELS[job.kind] ?? job.kind} mayCancel={['export_list', 'import_check', 'archive'].includes(job.kind)} onFinished={() => router.refresh()} />)}
      </CardBody>
    </Card>
  )
}
