'use client'

import { type ComponentProps, useEffect, useRef } from 'react'
import { Textarea } from './textarea'

const nameOf = (key: string) => `draft:${key}`

/** After it was sent. */
export const forgetDraft = (key: string) => sessionStorage.removeItem(nameOf(key))

/** A text that is still there after going elsewhere and coming back, in this tab alone, until `forgetDraft`. */
export function DraftTextarea({ draftKey, onChange, ...props }: ComponentProps<typeof Textarea> & { draftKey: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  // What the server rendered is empty: the draft is this browser's. A refused form begins with what was typed, which is the same.
  useEffect(() => {
    if (field.current?.value === '') field.current.value = sessionStorage.getItem(nameOf(draftKey)) ?? ''
  }, [draftKey])
  return (
    <Textarea
      {...props}
      ref={field}
      onChange={(event) => {
        const { value } = event.currentTarget
        if (value) sessionStorage.setItem(nameOf(draftKey), value)
        else forgetDraft(draftKey)
        onChange?.(event)
      }}
    />
  )
}
