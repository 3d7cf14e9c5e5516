import type { ReactNode } from 'react'
import { AppLink } from './app-link'
import { classNames } from './class-names'

type SegmentedProps = { label: string; options: { href: string; label: string; icon?: ReactNode; current: boolean }[]; className?: string }

export function Segmented({ label, options, className }: SegmentedProps) {
  return (
    <nav aria-label={label} className={classNames('inline-flex rounded-md border border-border-strong bg-surface-sunken p-0.5', className)}>
      {options.map((option) => (
        <AppLink
          key={option.href}
          href={option.href}
          aria-current={option.current ? 'page' : undefined}
          className={classNames(
            'inline-flex h-7 items-center gap-1.5 rounded-sm px-2.5 text-[0.8125rem] font-medium pointer-coarse:h-10 [&_svg]:size-3.5',
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
