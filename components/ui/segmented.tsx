'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { AppLink } from './app-link'
import { classNames } from './class-names'

type SegmentedProps = { label: string; options: { href: string; label: string; icon?: ReactNode; current: boolean }[]; className?: string }

/** Where they do not all fit they can be scrolled, and the current one is in sight. */
export function Segmented({ label, options, className }: SegmentedProps) {
  const nav = useRef<HTMLElement>(null)
  const current = options.find((option) => option.current)?.href
  useEffect(() => {
    const [box, link] = [nav.current!, nav.current!.querySelector<HTMLElement>('[aria-current]')]
    if (link) box.scrollLeft = link.offsetLeft - (box.clientWidth - link.offsetWidth) / 2
  }, [current])
  return (
    <nav ref={nav} aria-label={label} className={classNames('relative inline-flex max-w-full overflow-x-auto rounded-md border border-border-strong bg-surface-sunken p-0.5', className)}>
      {options.map((option) => (
        <AppLink
          key={option.href}
          href={option.href}
          aria-current={option.current ? 'page' : undefined}
          className={classNames(
            'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-sm px-2.5 text-[0.8125rem] font-medium pointer-coarse:h-10 [&_svg]:size-3.5',
            option.current ? 'bg-surface-raised text-text shadow-raised' : 'text-text-muted hover:text-text',
          )}
        >
          {option.icon}
          {option.label}
        </AppLink>
      ))}
    </nav>
  )
}
