import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { Job } from '@/lib/jobs/jobs'

type Result = { rows?: number; files?: number; people?: number; isEqual?: boolean; differing?: string[] }

/** What became of the archive that this organization was restored from. */
export function RestoreReport({ job }: { job?: Job }) {
  if (!job) return null
  const { rows = 0, files = 0, people = 0, isEqual, differing = [] } = (job.result ?? {}) as Result
  const isWhole = job.status === 'succeeded' && isEqual
  return (
    <p className={`flex items-start gap-2 rounded-md px-3 py-2 ${isWhole ? 'bg-success-soft text-success' : 'bg-warning-soft text-warning'}`}>
      {isWhole ? <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0" /> : <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />}
      <span>
        {job.status === 'succeeded'
          ? `Restored from an archive: ${rows.toLocaleString('en')} rows, ${files.toLocaleString('en')} files, ${people.toLocaleString('en')} people. ${isEqual ? 'Every table was compared with the archive and is equal.' : `These tables differ from it: ${differing.join(', ')}.`}`
          : `The archive could not be restored. ${job.error ?? ''}`}
      </span>
    </p>
  )
}
