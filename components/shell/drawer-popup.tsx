'use client'

import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { DIALOG_BACKDROP } from '@/components/ui/dialog-class'
import { focusOf } from '@/components/ui/dialog-popup'
import { IconButton } from '@/components/ui/icon-button'
import type { DrawerOrganization } from './navigation-drawer'
import { organizationStyle } from './organization-colour'
import { OrganizationMark } from './organization-mark'

type PopupProps = { organization: DrawerOrganization; open: boolean; onOpenChange: (open: boolean) => void; opener: RefObject<HTMLElement | null>; children: ReactNode }

export function DrawerPopup({ organization, open, onOpenChange, opener, children }: PopupProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        <Dialog.Viewport className="fixed inset-0 z-50 flex">
          <Dialog.Popup
            finalFocus={focusOf(opener)} style={organizationStyle(organization.colour)}
            className="flex h-dvh w-72 max-w-[85vw] flex-col border-e bg-surface-raised shadow-popup outline-none transition-transform duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
          >
            <div aria-hidden className="h-[3px] shrink-0 bg-organization" />
            <div className="flex items-center justify-between gap-2 px-3 pt-2">
              <Dialog.Title className="flex min-w-0 items-center gap-2.5 px-2 font-semibold">
                <OrganizationMark name={organization.name} colour={organization.colour} logo={organization.logoHash && { slug: organization.slug, hash: organization.logoHash }} className="size-7" />
                <span className="truncate">{organization.name}</span>
              </Dialog.Title>
              <Dialog.Close render={<IconButton label="Close navigation" icon={<X />} />} />
            </div>
            {children}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
