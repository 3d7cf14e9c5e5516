import type { ReactNode } from 'react'

/** The buttons of a form inside a Dialog: always in view, however long the form is. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="sticky -bottom-4 z-10 -mx-5 -mb-4 flex flex-wrap justify-end gap-2 border-t bg-surface-raised px-5 py-3">{children}</div>
}
