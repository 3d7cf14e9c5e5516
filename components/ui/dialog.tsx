'use client'

import { type ComponentProps, createContext, type ReactElement, type ReactNode, use, useRef, useState } from 'react'
import type { DIALOG_WIDTHS } from './dialog-class'
import { lazyPart, usePart } from './lazy-part'
import { PopupTrigger } from './popup-trigger'

export type DialogProps = {
  title: ReactNode
  description?: ReactNode
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  footer?: ReactNode
  /** Neither Escape nor a press outside closes it: what it shows is not shown again. */
  isPinned?: boolean
  size?: keyof typeof DIALOG_WIDTHS
  children?: ReactNode
}

type Parts = typeof import('./dialog-popup')
const dialogParts = lazyPart<Parts>(() => import('./dialog-popup'))
const PartsContext = createContext<Parts | null>(null)

/** Either uncontrolled with `trigger`, or controlled with `open` and `onOpenChange`. A sheet at the bottom of a phone. What was typed into its form is not thrown away unasked. */
export function Dialog({ trigger, open, onOpenChange, ...popup }: DialogProps) {
  const [ownOpen, setOwnOpen] = useState(false)
  const opener = useRef<HTMLElement>(null)
  const isOpen = open ?? ownOpen
  const parts = usePart(dialogParts, isOpen)
  const change = (next: boolean) => {
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  const openBy = (element: HTMLElement) => {
    opener.current = element
    change(true)
  }
  return (
    <>
      {trigger && <PopupTrigger trigger={trigger} kind="dialog" isOpen={isOpen} part={dialogParts} onOpen={openBy} />}
      {parts && <PartsContext value={parts}><parts.DialogPopup {...popup} open={isOpen} onOpenChange={change} opener={opener} /></PartsContext>}
    </>
  )
}

/** Closes the dialog it stands in: `<DialogClose render={<Button>Cancel</Button>} />`. */
export function DialogClose(props: ComponentProps<Parts['DialogClose']>) {
  const parts = use(PartsContext)!
  return <parts.DialogClose {...props} />
}
