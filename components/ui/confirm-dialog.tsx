'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Button } from './button'
import { classNames } from './class-names'
import { DIALOG_BACKDROP, DIALOG_POPUP, DIALOG_VIEWPORT } from './dialog-class'
import { Field } from './field'
import { FormMessage } from './form-message'
import { Input } from './input'
import { SubmitButton } from './submit-button'

export type ConfirmDialogProps = {
  title: string
  /** What will happen, in one or two sentences, with counts: "12 tasks and their files are deleted. This cannot be undone." */
  consequence: ReactNode
  confirmLabel: string
  /** Runs in a transition. Return an error sentence to keep the dialog open and show it; return nothing to close. */
  action: (form: FormData) => Promise<string | void> | string | void
  /** The text that must be typed first, for what cannot be undone; sent as `confirmation`. */
  typed?: string
  tone?: 'danger' | 'primary'
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Further fields of the form, hidden ones too. */
  children?: ReactNode
}

export function ConfirmDialog({ trigger, open, onOpenChange, ...content }: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false)
  const setOpen = (next: boolean) => {
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  return (
    <AlertDialog.Root open={open ?? ownOpen} onOpenChange={setOpen}>
      {trigger && <AlertDialog.Trigger render={trigger as ReactElement<Record<string, unknown>>} />}
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={DIALOG_BACKDROP} />
        <AlertDialog.Viewport className={DIALOG_VIEWPORT}>
          <AlertDialog.Popup className={classNames(DIALOG_POPUP, 'sm:max-w-md')}>
            <ConfirmForm {...content} close={() => setOpen(false)} />
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function ConfirmForm({ title, consequence, confirmLabel, action, typed, tone = 'danger', children, close }: ConfirmDialogProps & { close: () => void }) {
  const [error, setError] = useState<string>()
  const [confirmation, setConfirmation] = useState('')
  async function submit(form: FormData) {
    const refusal = await action(form)
    if (refusal) setError(refusal)
    else close()
  }
  return (
    <form action={submit} className="flex min-h-0 flex-col">
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto px-5 pt-4 pb-5">
        <AlertDialog.Title className="text-base font-semibold text-balance">{title}</AlertDialog.Title>
        <AlertDialog.Description className="text-pretty" render={<div />}>
          {consequence}
        </AlertDialog.Description>
        {children}
        {typed && (
          <Field required label={<>Type <strong className="select-all">{typed}</strong> to confirm</>}>
            <Input name="confirmation" value={confirmation} onChange={(event) => setConfirmation(event.target.value)} autoComplete="off" spellCheck={false} />
          </Field>
        )}
        <FormMessage>{error}</FormMessage>
      </div>
      <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end">
        <AlertDialog.Close render={<Button>Cancel</Button>} />
        <SubmitButton variant={tone} disabled={typed !== undefined && confirmation.trim() !== typed}>
          {confirmLabel}
        </SubmitButton>
      </footer>
    </form>
  )
}
