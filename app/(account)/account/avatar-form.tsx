'use client'

import { useRef } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { dropAvatar, saveAvatar } from './actions'

const SIDE_PX = 256

export function AvatarForm({ id, name, hash }: { id: string; name: string; hash: string | null }) {
  const input = useRef<HTMLInputElement>(null)
  const toast = useToast()
  const { run: save, pending } = useMemberAction(saveAvatar)
  const { run: drop } = useMemberAction(dropAvatar)
  async function choose(file: File | undefined) {
    if (!file) return
    const image = await square(file).catch(() => null)
    if (!image) return toast({ title: 'This picture could not be read. Choose a PNG, JPEG or WebP.', tone: 'danger' })
    const state = await save({ image })
    if (state.status === 'ok') toast({ title: 'Your picture is set.', tone: 'success' })
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Avatar id={id} name={name} hash={hash} size="lg" />
      <input ref={input} type="file" accept="image/png,image/jpeg,image/webp" className="sr-only" aria-label="Choose a picture" tabIndex={-1} onChange={(event) => { void choose(event.target.files?.[0]); event.target.value = '' }} />
      <Button pending={pending} onClick={() => input.current?.click()}>Choose a picture</Button>
      {hash && <Button variant="ghost" onClick={() => void drop({})}>Remove</Button>}
    </div>
  )
}

// Cut to a square and made small before it is sent: no camera's megabytes, and none of what it noted about place and time.
async function square(file: File): Promise<string> {
  const picture = await createImageBitmap(file)
  const side = Math.min(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE_PX
  canvas.getContext('2d')!.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SIDE_PX, SIDE_PX)
  return canvas.toDataURL('image/jpeg', 0.85)
}
