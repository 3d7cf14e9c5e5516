'use client'

import { Building2, ChevronsUpDown, Keyboard, LogOut, UserRound } from 'lucide-react'
import { useTransition } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { useShortcutList } from './shortcuts'
import { ThemeChoice } from './theme'

export type Person = { name: string; email: string; id?: string; avatarHash?: string | null }

export function UserMenu({ person, signOut }: { person: Person; signOut: () => void | Promise<void> }) {
  const openShortcuts = useShortcutList()
  const [pending, startTransition] = useTransition()
  return (
    <Menu
      side="top"
      className="w-64"
      trigger={
        <button type="button" className="flex min-h-10 w-full min-w-0 items-center gap-2.5 rounded-md px-2 py-1 text-start hover:bg-surface-hover pointer-coarse:min-h-11">
          <Avatar id={person.id ?? person.email} name={person.name} hash={person.avatarHash} size="md" className="size-7" />
          <span className="min-w-0 flex-1 truncate font-medium">
            <span className="sr-only">Your account: </span>
            {person.name}
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-text-muted" />
        </button>
      }
    >
      <div className="px-2 py-1.5 leading-tight">
        <p className="truncate font-medium">{person.name}</p>
        <p className="truncate text-xs text-text-muted">{person.email}</p>
      </div>
      <MenuSeparator />
      <ThemeChoice />
      <MenuSeparator />
      <MenuLink href="/account" icon={<UserRound />}>Account</MenuLink>
      <MenuLink href="/organizations" icon={<Building2 />}>Your organizations</MenuLink>
      <MenuItem onClick={openShortcuts} icon={<Keyboard />} shortcut="?">Keyboard shortcuts</MenuItem>
      <MenuSeparator />
      <MenuItem onClick={() => startTransition(async () => signOut())} icon={<LogOut />} disabled={pending}>Sign out</MenuItem>
    </Menu>
  )
}
