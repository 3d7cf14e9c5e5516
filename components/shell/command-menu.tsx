'use client'

import { Dialog } from '@base-ui/react/dialog'
import { useEffect, useState } from 'react'
import { DIALOG_BACKDROP } from '@/components/ui/dialog-class'
import { NavProgressBar } from '@/components/ui/nav-progress'
import { onOpenCommandMenu } from './command-menu-button'
import type { Command, CommandAction, CommandPage } from './command-groups'
import { CommandSearch } from './command-search'
import { useShortcut } from './shortcuts'
import type { Search } from './use-search'
import { useNavigate } from './use-navigate'

export type CommandMenuProps = { pages: CommandPage[]; actions: CommandAction[]; search: Search; /** The page with all results, which takes `q`. */ allHref?: string }

/** Place once, as `commandMenu` of the AppShell. Shortcuts of actions are shown here; whoever owns the action binds them. */
export function CommandMenu({ pages, actions, search, allHref }: CommandMenuProps) {
  const [open, setOpen] = useState(false)
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
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Portal>
          <Dialog.Backdrop className={DIALOG_BACKDROP} />
          <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-3 pt-3 sm:pt-[12vh]">
            <Dialog.Popup aria-label="Search and commands" className="popup flex max-h-[min(32rem,calc(100dvh-1.5rem))] w-full max-w-xl flex-col overflow-hidden">
              <CommandSearch pages={pages} actions={actions} search={search} allHref={allHref} run={run} />
            </Dialog.Popup>
          </Dialog.Viewport>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  )
}
