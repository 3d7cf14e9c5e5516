'use client'

import { Upload } from 'lucide-react'
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'

type Props = { label: string; hint: ReactNode; accept?: string; multiple?: boolean; onFiles: (files: File[]) => void; disabled?: boolean }

/** Files dropped onto it or chosen with its button: the button alone does everything, dragging is a short cut. */
export function DropZone({ label, hint, accept, multiple = false, onFiles, disabled }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const [isOver, setOver] = useState(false)
  const take = (files: FileList | null) => {
    if (files?.length && !disabled) onFiles(multiple ? [...files] : [files[0]!])
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <div
      onDragOver={(event) => { event.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classNames('flex flex-wrap items-center gap-3 rounded-md border border-dashed px-4 py-3', isOver && 'border-accent bg-surface-hover')}
    >
      <Button icon={<Upload />} disabled={disabled} aria-describedby={`${id}-hint`} onClick={() => input.current?.click()}>{label}</Button>
      <input ref={input} type="file" accept={accept} multiple={multiple} aria-label={label} tabIndex={-1} className="sr-only" onChange={(event) => { take(event.target.files); event.target.value = '' }} />
      <p id={`${id}-hint`} className="min-w-0 flex-1 basis-48 text-[0.8125rem] text-text-muted">{hint}</p>
    </div>
  )
}
