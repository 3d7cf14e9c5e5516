'use client'

import { useRef } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { squarePicture } from '@/components/forms/square-picture'
import { dropAvatar, saveAvatar } from './actions'

export function AvatarForm({ id, name, hash }: { id: string; name: string; hash: string | null }) {
  const input = useRef<HTMLInputElement>(null)
  const toast = useToast()
  const { run: save, pending } = useMemberAction(saveAvatar)
  const { run: drop } = useMemberAction(dropAvatar)
  async function choose(file: File | undefined) {
    if (!file) return
    const image = await squarePicture(file).catch(() => null)
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
