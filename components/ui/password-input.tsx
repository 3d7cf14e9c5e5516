'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Input } from './input'

/** A password that can be looked at while it is typed. */
export function PasswordInput(props: Omit<ComponentProps<typeof Input>, 'type'>) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <span className="relative block">
      <Input {...props} type={shown ? 'text' : 'password'} maxLength={400} autoCapitalize="none" spellCheck={false} className="pe-11" />
      <button type="button" aria-pressed={shown} aria-label="Show what is typed" onClick={() => setShown(!shown)} className="absolute inset-y-0 end-0 grid w-10 place-items-center rounded-md text-text-muted hover:text-text">
        <Icon aria-hidden className="size-4" />
      </button>
    </span>
  )
}
