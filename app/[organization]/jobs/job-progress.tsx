'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { stopJob } from './actions'
import { isOver, useJob, type JobView } from './use-job'

type Props = { job: JobView; label: string; mayCancel?: boolean; onFinished?: (job: JobView) => void }

/** How far a job of mine is, without reloading the page; screen readers hear it in words, not with every row. */
export function JobProgress({ job: first, label, mayCancel = true, onFinished }: Props) {
  const job = useJob(first, onFinished)
  const { run, pending } = useMemberAction(stopJob)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <p aria-live="polite">{sentence(job, label)}</p>
        {mayCancel && !isOver(job) && <Button size="sm" pending={pending} onClick={() => void run({ id: job.id })}>Cancel</Button>}
      </div>
      {!isOver(job) && <ProgressBar label={label} value={job.done} max={job.total ?? Math.max(job.done * 2, 1)} showValue={job.total !== null} />}
      {!isOver(job) && <p aria-hidden className="text-[0.8125rem] text-text-muted tabular-nums">{job.done.toLocaleString('en')}{job.total !== null && ` of ${job.total.toLocaleString('en')}`}</p>}
    </div>
  )
}

function sentence({ status, error }: JobView, label: string): string {
  if (status === 'queued') return `${label}: waiting for its turn.`
  if (status === 'running') return `${label} …`
  if (status === 'succeeded') return `${label}: done.`
  return status === 'cancelled' ? `${label}: cancelled.` : `${label} failed. ${error ?? ''}`
}
