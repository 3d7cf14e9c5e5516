'use client'

import { usePathname } from 'next/navigation'
import { AppLink } from '@/components/ui/app-link'
import { classNames } from '@/components/ui/class-names'

const ITEMS = [
  { href: '/account', label: 'Profile' },
  { href: '/account/security', label: 'Security' },
  { href: '/account/sessions', label: 'Sessions' },
  { href: '/account/log', label: 'Security log' },
  { href: '/account/notifications', label: 'Notifications' },
  { href: '/account/data', label: 'My data' },
  { href: '/organizations', label: 'Organizations' },
]

export function AccountNavigation() {
  const pathname = usePathname()
  return (
    <nav aria-label="Account" className="lg:w-48 lg:shrink-0">
      <ul className="flex gap-1 max-lg:flex-wrap lg:flex-col">
        {ITEMS.map(({ href, label }) => (
          <li key={href}>
            <AppLink href={href} aria-current={pathname === href ? 'page' : undefined} className={classNames('flex min-h-9 items-center rounded-md px-3 pointer-coarse:min-h-11', pathname === href ? 'bg-surface-hover font-medium' : 'text-text-muted hover:bg-surface-hover hover:text-text')}>{label}</AppLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
