'use client'

import { type ReactNode, useState } from 'react'
import { ActionForm, type FormState } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/actions/state'

type ActProps<T> = {
  label: string
  title: string
  /** What will happen, in a sentence or two. */
  consequence?: ReactNode
  confirmLabel?: string
  action: FormAction<T>
  hidden?: Record<string, string | number>
  /** What was read when the dialog opened, sent along: who has changed it meanwhile is not overwritten unseen. */
  read?: Record<string, string | number>
  /** Says what it is now, once somebody has changed it. */
  changed?: (current: Record<string, unknown>, form: FormState) => ReactNode
  tone?: 'danger' | 'primary'
  look?: 'primary' | 'secondary' | 'ghost' | 'danger'
  small?: boolean
  /** No longer: it stays to say what became of it. */
  isOffered?: boolean
  /** Who reads it, where a reason is wanted. */
  reason?: string
  /** What has to be typed, where it cannot simply be taken back. */
  typed?: string
  onDone?: (data: T | undefined) => void
  children?: (form: FormState) => ReactNode
}

/** An act of the console: says what will happen, asks for its reason, keeps what was typed when it is refused. */
export function ActDialog<T>({ label, title, consequence, confirmLabel = label, action, hidden, read, changed, tone = 'primary', look = 'secondary', small, isOffered = true, reason, typed, onDone, children }: ActProps<T>) {
  const [open, setOpen] = useState(false)
  const [opened, setOpened] = useState(read)
  const toast = useToast()
  // What a small button names, among others like it, begins with what it says.
  const name = title.startsWith(label) ? title.replace(/\?$/, '') : `${label}: ${title.replace(/\?$/, '')}`
  return (
    <Dialog title={title} description={consequence} open={open} onOpenChange={(next) => { setOpen(next); if (next) setOpened(read) }} trigger={isOffered ? <Button variant={look} size={small ? 'sm' : 'md'} aria-label={small ? name : undefined}>{label}</Button> : undefined}>
      <ActionForm action={action} hidden={hidden} className="flex flex-col gap-4" onDone={(state) => { setOpen(false); if (state.message) toast({ title: state.message, tone: 'success' }); onDone?.(state.data) }}>
        {(form) => (
          <>
            {Object.entries(opened ?? {}).map(([name, value]) => <input key={name} type="hidden" name={name} value={String(form.current?.[name] ?? value)} />)}
            {form.current && changed?.(form.current, form)}
            {children?.(form)}
            {reason && <Field label="Reason" hint={reason} required error={form.error('reason')}><Textarea name="reason" rows={3} maxLength={1000} defaultValue={form.value('reason')} /></Field>}
            {typed && <Field label={<>Type <strong className="select-all">{typed}</strong> to confirm</>} required error={form.error('confirmation')}><Input name="confirmation" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={60} defaultValue={form.value('confirmation')} /></Field>}
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><Button type="submit" variant={tone} pending={form.pending}>{form.current ? 'Save mine over theirs' : confirmLabel}</Button></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
