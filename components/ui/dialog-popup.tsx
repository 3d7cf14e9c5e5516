'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type FormEvent, type RefObject, useRef, useState } from 'react'
import { classNames } from './class-names'
import { ConfirmDialog } from './confirm-dialog'
import type { DialogProps } from './dialog'
import { DIALOG_BACKDROP, DIALOG_POPUP, DIALOG_VIEWPORT, DIALOG_WIDTHS } from './dialog-class'
import { IconButton } from './icon-button'

type PopupProps = Omit<DialogProps, 'trigger'> & { open: boolean; onOpenChange: (open: boolean) => void; /** Takes the focus back. */ opener: RefObject<HTMLElement | null> }

export function DialogPopup({ title, description, open, onOpenChange, opener, footer, size = 'md', isPinned, children }: PopupProps) {
  const [isAsking, setAsking] = useState(false)
  const popup = useRef<HTMLDivElement>(null)
  const isTouched = useRef(false)
  function change(next: boolean) {
    isTouched.current = false
    onOpenChange(next)
  }
  function ask(next: boolean, { reason }: { reason: string }) {
    if (isPinned && (reason === 'escape-key' || reason === 'outside-press')) return
    // A form that was sent is gone, or its dialog is closed by whoever sent it.
    if (!next && isTouched.current && popup.current?.querySelector('form')) setAsking(true)
    else change(next)
  }
  // What a portal holds (a menu, another dialog) comes by here too, as a child of React's.
  function touch(event: FormEvent<HTMLElement>) {
    const field = event.target
    if (isTyped(field) && field.form && event.currentTarget.contains(field)) isTouched.current = true
  }
  return (
    <Base.Root open={open} onOpenChange={ask}>
      <Base.Portal>
        <Base.Backdrop className={DIALOG_BACKDROP} />
        <Base.Viewport className={DIALOG_VIEWPORT}>
          <Base.Popup ref={popup} onInput={touch} finalFocus={focusOf(opener)} className={classNames(DIALOG_POPUP, DIALOG_WIDTHS[size])}>
            <header className="min-w-0 ps-5 pe-14 pt-4">
              <Base.Title className="text-base font-semibold text-balance">{title}</Base.Title>
              {description && <Base.Description className="mt-0.5 text-text-muted">{description}</Base.Description>}
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
            {footer && <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end">{footer}</footer>}
            {/* Last in the document, so that focus begins at the first field. */}
            <Base.Close render={<IconButton label="Close" icon={<X />} size="sm" className="absolute end-3 top-3.5 pointer-coarse:top-1.5" />} />
            <ConfirmDialog title="Discard what you typed?" consequence="It was not saved." confirmLabel="Discard" open={isAsking} onOpenChange={setAsking} action={() => change(false)} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

const UNTYPED = ['password', 'search', 'checkbox', 'radio', 'file', 'color', 'range']

/** A field of text that it would be a loss to write again. A proof, such as a password or code, is asked for anew anyway. */
function isTyped(field: EventTarget): field is HTMLInputElement | HTMLTextAreaElement {
  if (field instanceof HTMLTextAreaElement) return true
  return field instanceof HTMLInputElement && !UNTYPED.includes(field.type) && field.autocomplete !== 'one-time-code'
}

/** Where focus goes when a popup closes: to what opened it, as long as that is there. */
export const focusOf = (opener: RefObject<HTMLElement | null>) => () => (opener.current?.isConnected ? opener.current : true)

export const DialogClose = Base.Close
