'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names'
import { DIALOG_BACKDROP, DIALOG_POPUP, DIALOG_VIEWPORT, DIALOG_WIDTHS } from './dialog-class'
import { IconButton } from './icon-button'

export type DialogProps = {
  title: ReactNode
  description?: ReactNode
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  footer?: ReactNode
  size?: keyof typeof DIALOG_WIDTHS
  children?: ReactNode
}

/** Either uncontrolled with `trigger`, or controlled with `open` and `onOpenChange`. A sheet at the bottom of a phone. */
export function Dialog({ title, description, trigger, open, onOpenChange, footer, size = 'md', children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger && <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />}
      <Base.Portal>
        <Base.Backdrop className={DIALOG_BACKDROP} />
        <Base.Viewport className={DIALOG_VIEWPORT}>
          <Base.Popup className={classNames(DIALOG_POPUP, DIALOG_WIDTHS[size])}>
            <header className="min-w-0 ps-5 pe-14 pt-4">
              <Base.Title className="text-base font-semibold text-balance">{title}</Base.Title>
              {description && <Base.Description className="mt-0.5 text-text-muted">{description}</Base.Description>}
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
            {footer && <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end">{footer}</footer>}
            {/* Last in the document, so that focus begins at the first field. */}
            <Base.Close render={<IconButton label="Close" icon={<X />} size="sm" className="absolute end-3 top-3.5 pointer-coarse:top-1.5" />} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** Closes the dialog it stands in: `<DialogClose render={<Button>Cancel</Button>} />`. */
export const DialogClose = Base.Close
