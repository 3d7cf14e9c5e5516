'use client'

import { type ReactElement, type ReactNode, useRef, useState } from 'react'
import { lazyPart, usePart } from './lazy-part'
import { PopupTrigger } from './popup-trigger'

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

const confirmParts = lazyPart(() => import('./confirm-popup'))

export function ConfirmDialog({ trigger, open, onOpenChange, ...content }: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false)
  const opener = useRef<HTMLElement>(null)
  const isOpen = open ?? ownOpen
  const parts = usePart(confirmParts, isOpen)
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
      {trigger && <PopupTrigger trigger={trigger} kind="dialog" isOpen={isOpen} part={confirmParts} onOpen={openBy} />}
      {parts && <parts.ConfirmPopup {...content} open={isOpen} onOpenChange={change} opener={opener} />}
    </>
  )
}
