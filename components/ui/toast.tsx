'use client'

import { createContext, type ReactNode, use, useState } from 'react'
import { lazyPart, useFirstSign, useIsPartMissing, usePart } from './lazy-part'

export type ToastOptions = {
  title: string
  description?: string
  tone?: 'neutral' | 'success' | 'info' | 'warning' | 'danger'
  /** "Undo" and the like. The toast stays longer, since there is a decision to make. */
  action?: { label: string; onClick: () => void }
}

const toastParts = lazyPart(() => import('./toast-list'))
const ToastContext = createContext<(options: ToastOptions) => void>(() => undefined)

/** Waits while the pointer or focus is inside; F6 moves focus there. The region is there from the first sign of a person on, since screen readers say only what comes into one they know. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<ToastOptions[]>([])
  const [add] = useState(() => (options: ToastOptions) => setSaid((before) => [...before, options]))
  const isSomebodyHere = useFirstSign()
  const parts = usePart(toastParts, isSomebodyHere || said.length > 0, { isQuiet: said.length === 0 })
  return (
    <ToastContext value={add}>
      {children}
      {parts && <parts.Toasts said={said} />}
      <MissingPart />
    </ToastContext>
  )
}

/** Needs nothing that would have to be fetched. */
function MissingPart() {
  const isMissing = useIsPartMissing()
  return (
    <div role="alert" className="fixed inset-x-3 bottom-3 z-60 sm:left-auto sm:w-96">
      {isMissing && <p className="popup border border-danger px-3.5 py-2.5">A part of this page could not be fetched; it is asked for again. If it does not come, check the connection, or reload once your work is stored.</p>}
    </div>
  )
}

export const useToast = () => use(ToastContext)
