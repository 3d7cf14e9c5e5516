'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Menu as MenuIcon, X } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { DIALOG_BACKDROP } from '@/components/ui/dialog-class'
import { IconButton } from '@/components/ui/icon-button'
import { organizationStyle } from './organization-colour'
import { OrganizationMark } from './organization-mark'

/** Belongs to the page it was opened on: arriving on another one closes it. */
export function NavigationDrawer({ organization, children }: { organization: { name: string; slug: string; colour: string; logoHash?: string | null }; children: ReactNode }) {
  const pathname = usePathname()
  const [openOn, setOpenOn] = useState<string | null>(null)
  return (
    <Dialog.Root open={openOn === pathname} onOpenChange={(open) => setOpenOn(open ? pathname : null)}>
      <Dialog.Trigger render={<IconButton label="Open navigation" icon={<MenuIcon />} />} />
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        <Dialog.Viewport className="fixed inset-0 z-50 flex">
          <Dialog.Popup style={organizationStyle(organization.colour)} className="flex h-dvh w-72 max-w-[85vw] flex-col border-e bg-surface-raised shadow-popup outline-none transition-transform duration-150 data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
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
