'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOrganization } from '@/components/forms/organization'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { DialogActions } from '@/components/ui/dialog-actions'
import { JobProgress } from '../jobs/job-progress'
import type { JobView } from '../jobs/use-job'
import type { Report } from './report-step'
import { UndoButton } from './undo-button'

/** Closing it stops nothing. */
export function ApplyStep({ report, job, onClose }: { report: Report; job: string; onClose: () => void }) {
  const router = useRouter()
  const { slug } = useOrganization()
  const [ended, setEnded] = useState<JobView | null>(null)
  const [undo, setUndo] = useState<string | null>(null)
  const [undone, setUndone] = useState<JobView | null>(null)
  const created = Number(ended?.result?.created ?? 0)
  return (
    <div className="flex flex-col gap-4">
      <JobProgress job={{ id: job, status: 'queued', done: 0, total: report.counts.total ?? null, error: null, result: null }} label={`Importing ${report.fileName}`} mayCancel={false} onFinished={(last) => { setEnded(last); router.refresh() }} />
      {ended?.status === 'succeeded' && <p role="status">{created.toLocaleString('en')} created{report.counts.failed ? `, ${report.counts.failed.toLocaleString('en')} left out` : ''}.</p>}
      {undo && <JobProgress job={{ id: undo, status: 'queued', done: 0, total: created, error: null, result: null }} label={`Undoing ${report.fileName}`} mayCancel={false} onFinished={(last) => { setUndone(last); router.refresh() }} />}
      {undone?.status === 'succeeded' && <p role="status">{Number(undone.result?.reversed ?? 0).toLocaleString('en')} taken back.</p>}
      {ended && <p><AppLink href={`/${slug}/settings/data/${report.id}`} className="underline" onClick={onClose}>What became of each row</AppLink></p>}
      <DialogActions>
        {created > 0 && !undo && <UndoButton id={report.id} fileName={report.fileName} created={created} onDone={setUndo} />}
        <Button variant={ended ? 'primary' : 'secondary'} onClick={onClose}>{created > 0 && !undo ? 'See them' : ended && (!undo || undone) ? 'Done' : 'Go on working'}</Button>
      </DialogActions>
    </div>
  )
}
