import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppLink } from './app-link'

/** A filter that no field of the form shows; it is taken off by leading to the list without it. */
export function FilterChip({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="mb-4 flex">
      <span className="inline-flex min-w-0 items-center gap-1 rounded-md border border-accent bg-accent-soft ps-3">
        <span className="min-w-0 py-1 wrap-anywhere">{children}</span>
        <AppLink href={href} aria-label="Take this filter off" title="Take this filter off" className="grid size-9 shrink-0 place-items-center rounded-md text-text-muted hover:bg-surface-hover hover:text-text"><X aria-hidden className="size-4" /></AppLink>
      </span>
    </p>
  )
}
