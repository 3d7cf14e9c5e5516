import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppLink } from './app-link'
import { buttonClass } from './button-class'

/** `summary` is what the list can honestly say: "51–100 of 1000+". Nothing is shown when there is only one page. */
export function Pagination({ previousHref, nextHref, summary }: { previousHref?: string; nextHref?: string; summary?: ReactNode }) {
  if (!previousHref && !nextHref && !summary) return null
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 py-3">
      <p className="text-[0.8125rem] text-text-muted tabular-nums">{summary}</p>
      <div className="flex gap-2">
        <PageLink href={previousHref} rel="prev">
          <ChevronLeft aria-hidden />
          Previous
        </PageLink>
        <PageLink href={nextHref} rel="next">
          Next
          <ChevronRight aria-hidden />
        </PageLink>
      </div>
    </nav>
  )
}

function PageLink({ href, rel, children }: { href?: string; rel: string; children: ReactNode }) {
  const className = buttonClass({ size: 'sm' })
  if (href) return <AppLink href={href} rel={rel} className={className}>{children}</AppLink>
  return <a role="link" aria-disabled="true" className={className}>{children}</a>
}
