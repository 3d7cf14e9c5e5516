'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useOrganization } from '@/components/forms/organization'
import { sendFile } from '@/components/forms/send-file'

export type Upload = { key: string; name: string; share: number; problem?: string; file: File }
const LIMIT_BYTES = 10 * 1_048_576

/** Files on their way to a task, one after the other; what was refused stays in the list with its reason until it is dismissed. */
export function useUploads(taskId: string) {
  const { slug } = useOrganization()
  const router = useRouter()
  const [uploads, setUploads] = useState<Upload[]>([])
  const change = (key: string, next: Partial<Upload>) => setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...next } : upload)))
  const dismiss = (key: string) => setUploads((all) => all.filter((upload) => upload.key !== key))

  async function add(files: File[]) {
    const added = files.map((file) => ({ key: crypto.randomUUID(), name: file.name, share: 0, file }))
    setUploads((all) => [...all, ...added])
    for (const { key, file } of added) {
      if (file.size > LIMIT_BYTES) {
        change(key, { problem: 'This file is larger than 10 MB.' })
        continue
      }
      const answer = await sendFile(`/api/v1/${slug}/attachments?${new URLSearchParams({ task: taskId, name: file.name })}`, file, { onProgress: (share) => change(key, { share }) })
      if (!answer.ok) change(key, { problem: answer.message })
      else {
        dismiss(key)
        router.refresh()
      }
    }
  }
  return { uploads, add, dismiss }
}
