'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type RefObject, useState } from 'react'
import { Button } from './button'
import { classNames } from './class-names'
import type { ConfirmDialogProps } from './confirm-dialog'
import { DIALOG_BACKDROP, DIALOG_POPUP, DIALOG_VIEWPORT } from './dialog-class'
import { focusOf } from './dialog-popup'
import { Field } from './field'
import { FormMessage } from './form-message'
import { Input } from './input'
import { SubmitButton } from './submit-button'

type PopupProps = Omit<ConfirmDialogProps, 'trigger'> & { open: boolean; onOpenChange: (open: boolean) => void; /** Takes the focus back. */ opener: RefObject<HTMLElement | null> }

export function ConfirmPopup({ open, onOpenChange, opener, ...content }: PopupProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={DIALOG_BACKDROP} />
        <AlertDialog.Viewport className={DIALOG_VIEWPORT}>
          <AlertDialog.Popup finalFocus={focusOf(opener)} className={classNames(DIALOG_POPUP, 'sm:max-w-md')}>
            <ConfirmForm {...content} close={() => onOpenChange(false)} />
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

function ConfirmForm({ title, consequence, confirmLabel, action, typed, tone = 'danger', children, close }: Omit<ConfirmDialogProps, 'trigger' | 'open' | 'onOpenChange'> & { close: () => void }) {
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
