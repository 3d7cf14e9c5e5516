'use client'

import { createContext, type ReactNode, use, useState } from 'react'
import { lazyPart, useFetchAtFirstSign, usePart } from './lazy-part'

export type ToastOptions = {
  title: string
  description?: string
  tone?: 'neutral' | 'success' | 'info' | 'warning' | 'danger'
  /** "Undo" and the like. The toast stays longer, since there is a decision to make. */
  action?: { label: string; onClick: () => void }
}

const toastParts = lazyPart(() => import('./toast-list'))
const ToastContext = createContext<(options: ToastOptions) => void>(() => undefined)

/** Waits while the pointer or focus is inside; F6 moves focus there. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<ToastOptions[]>([])
  const [add] = useState(() => (options: ToastOptions) => setSaid((before) => [...before, options]))
  const parts = usePart(toastParts, said.length > 0)
  useFetchAtFirstSign()
  return (
    <ToastContext value={add}>
      {children}
      {parts && <parts.Toasts said={said} />}
    </ToastContext>
  )
}

export const useToast = () => use(ToastContext)
