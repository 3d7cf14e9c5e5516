'use client'

import { useState } from 'react'
import { DropZone } from '@/components/forms/drop-zone'
import { sendFile } from '@/components/forms/send-file'
import { FormMessage } from '@/components/ui/form-message'
import { ProgressBar } from '@/components/ui/progress-bar'

/** An organization from the archive of another. */
export function RestoreForm() {
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState('')
  async function send([file]: File[]) {
    if (!file) return
    setProblem('')
    setShare(0)
    const answer = await sendFile<{ slug: string }>('/api/v1/archives', file, { onProgress: setShare })
    if (answer.ok) return window.location.assign(`/${answer.data.slug}/settings/data`)
    setShare(null)
    setProblem(answer.message)
  }
  return (
    <div className="flex flex-col gap-3">
      <FormMessage>{problem}</FormMessage>
      {share === null ? <DropZone label="Choose an archive" hint="The ZIP file that an owner has made under Settings, Data." accept=".zip" onFiles={(files) => void send(files)} /> : <ProgressBar label="Sending the archive" value={share} max={1} showValue />}
    </div>
  )
}
