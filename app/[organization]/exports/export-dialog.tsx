'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { useOrganization } from '@/components/forms/organization'
import { buttonClass } from '@/components/ui/button-class'
import { Dialog } from '@/components/ui/dialog'
import { JobProgress } from '../jobs/job-progress'

/** A long list on its way to being a file. Closing it stops nothing: the file is kept for a week under Data. */
export function ExportDialog({ job, open, onClose }: { job: string; open: boolean; onClose: () => void }) {
  const { slug } = useOrganization()
  const [file, setFile] = useState<{ exportId: string; fileName: string } | null>(null)
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title="Making the file" description="You can close this: the file is kept for seven days under Settings, Data.">
      <div className="flex flex-col gap-4">
        <JobProgress job={{ id: job, status: 'queued', done: 0, total: null, error: null, result: null }} label="Export" onFinished={({ status, result }) => status === 'succeeded' && setFile(result as { exportId: string; fileName: string })} />
        {file && <a href={`/api/v1/${slug}/exports/files/${file.exportId}`} download={file.fileName} className={buttonClass({ variant: 'primary' })}><Download aria-hidden /> {file.fileName}</a>}
      </div>
    </Dialog>
  )
}
