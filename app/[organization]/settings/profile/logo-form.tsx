'use client'

import { useRef } from 'react'
import { squarePicture } from '@/components/forms/square-picture'
import { useMemberAction } from '@/components/forms/use-member-action'
import { OrganizationMark } from '@/components/shell/organization-mark'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { dropLogo, saveLogo } from './actions'

export function LogoForm({ name, slug, colour, logoHash }: { name: string; slug: string; colour: string; logoHash: string | null }) {
  const input = useRef<HTMLInputElement>(null)
  const toast = useToast()
  const { run: save, pending } = useMemberAction(saveLogo)
  const { run: drop } = useMemberAction(dropLogo)
  async function choose(file: File | undefined) {
    if (!file) return
    const image = await squarePicture(file, 'image/png').catch(() => null)
    if (!image) return toast({ title: 'This picture could not be read. Choose a PNG, JPEG or WebP.', tone: 'danger' })
    const state = await save({ image })
    if (state.status === 'ok') toast({ title: 'The logo is set.', tone: 'success' })
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      <OrganizationMark name={name} colour={colour} logo={logoHash && { slug, hash: logoHash }} className="size-14 text-xl" />
      <input ref={input} type="file" accept="image/png,image/jpeg,image/webp" className="sr-only" aria-label="Choose a logo" tabIndex={-1} onChange={(event) => { void choose(event.target.files?.[0]); event.target.value = '' }} />
      <Button pending={pending} onClick={() => input.current?.click()}>Choose a picture</Button>
      {logoHash && <Button variant="ghost" onClick={() => void drop({})}>Remove</Button>}
    </div>
  )
}
