'use client'

import { Bell as BellIcon } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { AppLink } from '@/components/ui/app-link'
import { classNames } from '@/components/ui/class-names'
import { useUnread } from './live'

export function Bell({ path, compact }: { path: string; compact?: boolean }) {
  const unread = useUnread()
  const isHere = usePathname() === path
  const count = unread > 99 ? '99+' : String(unread)
  const said = unread === 0 ? 'Inbox' : `Inbox, ${count} unread`
  if (compact) {
    return (
      <AppLink href={path} aria-label={said} className="relative grid size-9 place-items-center rounded-md hover:bg-surface-hover pointer-coarse:size-11">
        <BellIcon aria-hidden className="size-4" />
        {unread > 0 && <span aria-hidden className="absolute end-0.5 top-0.5 rounded-full bg-accent px-1 text-[0.625rem] leading-4 font-semibold text-accent-text tabular-nums">{count}</span>}
      </AppLink>
    )
  }
  return (
    <AppLink href={path} aria-label={said} aria-current={isHere ? 'page' : undefined} className={classNames('flex h-8 items-center gap-2.5 rounded-md px-2 pointer-coarse:h-11', isHere ? 'bg-surface-hover font-medium' : 'text-text-muted hover:bg-surface-hover hover:text-text')}>
      <BellIcon aria-hidden className="size-4 shrink-0" />
      <span className="flex-1">Inbox</span>
      {unread > 0 && <span aria-hidden className="rounded-full bg-accent px-1.5 text-xs leading-5 font-semibold text-accent-text tabular-nums">{count}</span>}
    </AppLink>
  )
}
