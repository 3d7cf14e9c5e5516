'use client'

import { useState } from 'react'
import { DropZone } from '@/components/forms/drop-zone'
import { useOrganization } from '@/components/forms/organization'
import { sendFile } from '@/components/forms/send-file'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Select } from '@/components/ui/select'
import type { DialogTarget } from '@/lib/imports/dialog-target'
import type { Uploaded } from '@/lib/imports/imports'

type Props = { target: DialogTarget; projects?: { id: string; name: string }[]; projectId?: string; onDone: (uploaded: Uploaded) => void }
const LIMIT_BYTES = 10 * 1_048_576

export function UploadStep({ target, projects, projectId, onDone }: Props) {
  const { slug } = useOrganization()
  const [container, setContainer] = useState(projectId ?? projects?.[0]?.id ?? '')
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState('')
  async function send([file]: File[]) {
    if (!file) return
    if (file.size > LIMIT_BYTES) return setProblem('This file is larger than 10 MB. Split it.')
    setProblem('')
    setShare(0)
    const answer = await sendFile<Uploaded>(`/api/v1/${slug}/imports?${new URLSearchParams({ target: target.key, container, name: file.name })}`, file, { onProgress: setShare })
    setShare(null)
    if (answer.ok) onDone(answer.data)
    else setProblem(answer.message)
  }
  return (
    <div className="flex flex-col gap-4">
      {projects && projects.length > 1 && (
        <Field label="Into the project" required>
          <Select value={container} onChange={(event) => setContainer(event.target.value)} options={projects.map(({ id, name }) => ({ value: id, label: name }))} />
        </Field>
      )}
      <FormMessage>{problem}</FormMessage>
      {share === null
        ? <DropZone label="Choose a file" hint="CSV, TSV, XLSX, JSON or JSON lines, up to 10 MB. The first row names the columns. Nothing is changed before you say so." accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl" onFiles={(files) => void send(files)} />
        : <ProgressBar label="Sending the file" value={share} max={1} showValue />}
    </div>
  )
}
