'use client'

import { Download, FileText, Trash2, X } from 'lucide-react'
import { DropZone } from '@/components/forms/drop-zone'
import { useOrganization } from '@/components/forms/organization'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Dialog } from '@/components/ui/dialog'
import { FormMessage } from '@/components/ui/form-message'
import { IconButton } from '@/components/ui/icon-button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { RelativeTime } from '@/components/ui/relative-time'
import { useToast } from '@/components/ui/toast'
import type { Attachment } from '@/lib/attachments/attachments'
import { removeAttachment, unremoveAttachment } from '../../../../tasks/attachment-actions'
import { useUploads } from './use-uploads'

type Props = { taskId: string; attachments: Attachment[]; people: { userId: string; name: string }[]; mayAttach: boolean; mayRemoveAny: boolean; userId: string; timeZone: string }

export function Attachments({ taskId, attachments, people, mayAttach, mayRemoveAny, userId, timeZone }: Props) {
  const { uploads, add, dismiss } = useUploads(taskId)
  const names = new Map(people.map(({ userId: id, name }) => [id, name]))
  return (
    <Card>
      <CardHeader title={`Files (${attachments.length})`} />
      <CardBody className="flex flex-col gap-3">
        {attachments.length === 0 && uploads.length === 0 && <p className="text-text-muted">No file is attached yet.</p>}
        <ul aria-label="Attached files" className="flex flex-col divide-y empty:hidden">
          {attachments.map((attachment) => (
            <Entry key={attachment.id} attachment={attachment} by={names.get(attachment.uploaderId ?? '') ?? 'a former member'} mayRemove={mayAttach && (mayRemoveAny || attachment.uploaderId === userId)} timeZone={timeZone} />
          ))}
        </ul>
        <ul aria-label="Files on their way" className="flex flex-col gap-2 empty:hidden" aria-live="polite">
          {uploads.map(({ key, name, share, problem }) => (
            <li key={key} className="flex flex-col gap-1">
              <span className="flex items-center gap-2"><span className="min-w-0 flex-1 truncate">{name}</span>{problem && <IconButton size="sm" label={`Dismiss ${name}`} icon={<X />} onClick={() => dismiss(key)} />}</span>
              {problem ? <FormMessage>{problem}</FormMessage> : <ProgressBar label={`Uploading ${name}`} value={share} max={1} showValue />}
            </li>
          ))}
        </ul>
        {mayAttach && <DropZone label="Add files" multiple hint="Or drop them here. Pictures, PDF, office documents, text, sound, video, ZIP; 10 MB each." onFiles={(files) => void add(files)} />}
      </CardBody>
    </Card>
  )
}

function Entry({ attachment, by, mayRemove, timeZone }: { attachment: Attachment; by: string; mayRemove: boolean; timeZone: string }) {
  const { slug } = useOrganization()
  const { run: remove, pending } = useMemberAction(removeAttachment)
  const { run: restore } = useMemberAction(unremoveAttachment)
  const toast = useToast()
  const { id, fileName, sizeBytes, isPicture, isMissing, createdAt } = attachment
  const url = `/api/v1/${slug}/attachments/${id}`
  async function take() {
    const state = await remove({ id })
    if (state.status === 'ok') toast({ title: `${fileName} removed.`, action: { label: 'Undo', onClick: () => void restore({ id }) } })
  }
  return (
    <li className="flex items-center gap-3 py-2">
      {isPicture && !isMissing ? <Preview url={url} name={fileName} /> : <span aria-hidden className="grid size-12 shrink-0 place-items-center rounded-md border bg-surface-sunken text-text-muted"><FileText className="size-5" /></span>}
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={fileName}>{fileName}</p>
        <p className="text-xs text-text-muted">{sizeText(sizeBytes)}, {by}, <RelativeTime iso={new Date(createdAt).toISOString()} timeZone={timeZone} /> {isMissing && <Badge tone="warning">missing from the store</Badge>}</p>
      </div>
      {!isMissing && (
        <a href={url} download={fileName} aria-label={`Download ${fileName}`} title="Download" className="grid size-9 shrink-0 place-items-center rounded-md hover:bg-surface-hover pointer-coarse:size-11"><Download aria-hidden className="size-4" /></a>
      )}
      {mayRemove && <IconButton label={`Remove ${fileName}`} icon={<Trash2 />} pending={pending} onClick={() => void take()} />}
    </li>
  )
}

function Preview({ url, name }: { url: string; name: string }) {
  const source = `${url}?view=picture`
  return (
    <Dialog
      title={name}
      size="lg"
      trigger={
        <button type="button" aria-label={`Show ${name}`} className="size-12 shrink-0 overflow-hidden rounded-md border">
          <img src={source} alt="" loading="lazy" className="size-full object-cover" />
        </button>
      }
    >
      <img src={source} alt={name} className="mx-auto max-h-[70vh] max-w-full" />
    </Dialog>
  )
}

export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
