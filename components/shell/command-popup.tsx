'use client'

import { Dialog } from '@base-ui/react/dialog'
import { DIALOG_BACKDROP } from '@/components/ui/dialog-class'
import type { Command } from './command-groups'
import type { CommandMenuProps } from './command-menu'
import { CommandSearch } from './command-search'

export function CommandPopup({ open, onOpenChange, ...search }: CommandMenuProps & { open: boolean; onOpenChange: (open: boolean) => void; run: (command: Command) => void }) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-3 pt-3 sm:pt-[12vh]">
          <Dialog.Popup aria-label="Search and commands" className="popup flex max-h-[min(32rem,calc(100dvh-1.5rem))] w-full max-w-xl flex-col overflow-hidden">
            <CommandSearch {...search} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
