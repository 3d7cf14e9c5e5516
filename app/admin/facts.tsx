import type { ReactNode } from 'react'

/** Facts by name, one a line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[10rem_1fr]">{children}</dl>
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div className="sm:contents"><dt className="text-[0.8125rem] text-text-muted">{name}</dt><dd className="min-w-0 wrap-anywhere">{children}</dd></div>
}
