'use client'

import { usePathname } from 'next/navigation'
import { AppLink } from '@/components/ui/app-link'
import { classNames } from '@/components/ui/class-names'

// On a phone the row is wider than the screen: the page one is on is in sight, also when it is the last.
const intoView = (link: HTMLAnchorElement | null) => link?.scrollIntoView({ block: 'nearest', inline: 'center' })

/** The pages of one section beside each other: a column on wide screens, a row that can be scrolled on phones. */
export function SectionNavigation({ label, items }: { label: string; items: { href: string; label: string; exact?: boolean; /** Where the pages below it stand, if not below its address. */ under?: string }[] }) {
  const pathname = usePathname()
  const isCurrent = ({ href, exact, under = href }: { href: string; exact?: boolean; under?: string }) => pathname === href || ((!exact || under !== href) && pathname.startsWith(`${under}/`))
  return (
    <nav aria-label={label} className="lg:w-44 lg:shrink-0">
      <ul className="flex gap-1 max-lg:-mx-1 max-lg:overflow-x-auto max-lg:p-1 lg:flex-col">
        {items.map((item) => (
          <li key={item.href} className="shrink-0">
            <AppLink
              ref={isCurrent(item) ? intoView : undefined} href={item.href} aria-current={isCurrent(item) ? 'page' : undefined}
              className={classNames('flex min-h-9 items-center rounded-md px-3 whitespace-nowrap pointer-coarse:min-h-11', isCurrent(item) ? 'bg-surface-hover font-medium' : 'text-text-muted hover:bg-surface-hover hover:text-text')}
            >{item.label}</AppLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
