'use client'

import { useEffect, useState } from 'react'
import { lazyPart, usePart } from '@/components/ui/lazy-part'
import { NavProgressBar } from '@/components/ui/nav-progress'
import { onOpenCommandMenu } from './command-menu-button'
import type { Command, CommandAction, CommandPage } from './command-groups'
import { useShortcut } from './shortcuts'
import type { Search } from './use-search'
import { useNavigate } from './use-navigate'

const commandParts = lazyPart(() => import('./command-popup'))

export type CommandMenuProps = { pages: CommandPage[]; actions: CommandAction[]; search: Search; /** The page with all results, which takes `q`. */ allHref?: string }

/** Place once, as `commandMenu` of the AppShell. Shortcuts of actions are shown here; whoever owns the action binds them. */
export function CommandMenu(props: CommandMenuProps) {
  const [open, setOpen] = useState(false)
  const parts = usePart(commandParts, open)
  const { pending, navigate } = useNavigate()
  useShortcut('mod+k', () => setOpen((current) => !current), 'Search and commands')
  useEffect(() => onOpenCommandMenu(() => setOpen(true)), [])

  function run(command: Command) {
    setOpen(false)
    if ('href' in command) navigate(command.href)
    else command.run()
  }

  return (
    <>
      <NavProgressBar pending={pending} />
      {parts && <parts.CommandPopup {...props} open={open} onOpenChange={setOpen} run={run} />}
    </>
  )
}
