'use client'

import { usePathname } from 'next/navigation'
import { AppLink } from '@/components/ui/app-link'
import { classNames } from '@/components/ui/class-names'
import { Kbd } from '@/components/ui/kbd'
import { NavProgressBar } from '@/components/ui/nav-progress'
import { Icon } from './icons'
import { useShortcut } from './shortcuts'
import { useNavigate } from './use-navigate'

export type NavigationItem = { label: string; href: string; icon: string; shortcut?: string; count?: number }

export function Navigation({ items }: { items: NavigationItem[] }) {
  const pathname = usePathname()
  const current = currentHref(items, pathname)
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-px">
        {items.map((item) => (
          <li key={item.href}>
            <AppLink
              href={item.href}
              aria-current={item.href === current ? (item.href === pathname ? 'page' : 'true') : undefined}
              className={classNames(
                'group flex h-8 items-center gap-2.5 rounded-md px-2 pointer-coarse:h-11',
                item.href === current ? 'bg-surface-hover font-medium text-text' : 'text-text-muted hover:bg-surface-hover hover:text-text',
              )}
            >
              <Icon name={item.icon} />
              <span className="min-w-0 flex-1 truncate">{item.label}</span>
              {item.count ? <span className="text-xs tabular-nums">{item.count}</span> : null}
              {item.shortcut && <Kbd keys={item.shortcut} className="hidden group-hover:inline-flex group-focus-visible:inline-flex pointer-coarse:hidden!" />}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Apart from Navigation, which is on the page twice (sidebar and drawer), so that each shortcut is registered once. */
export function NavigationShortcuts({ items }: { items: NavigationItem[] }) {
  const { pending, navigate } = useNavigate()
  return (
    <>
      {items.map((item) => (
        <NavigationShortcut key={item.href} item={item} navigate={navigate} />
      ))}
      <NavProgressBar pending={pending} />
    </>
  )
}

function NavigationShortcut({ item, navigate }: { item: NavigationItem; navigate: (href: string) => void }) {
  useShortcut(item.shortcut, () => navigate(item.href), `Go to ${item.label.toLowerCase()}`)
  return null
}

/** The deepest item that contains this page. */
function currentHref(items: NavigationItem[], pathname: string) {
  // What everything lies under is current on its own page alone.
  const isRoot = (root: string) => items.every(({ href }) => href === root || href.startsWith(`${root}/`))
  const containing = items.filter(({ href }) => pathname === href || (pathname.startsWith(`${href}/`) && !isRoot(href)))
  return containing.sort((a, b) => b.href.length - a.href.length)[0]?.href
}
