'use client'

import { Menu as MenuIcon } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type ReactNode, useRef, useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { lazyPart, usePart } from '@/components/ui/lazy-part'
import { PopupTrigger } from '@/components/ui/popup-trigger'

const drawerParts = lazyPart(() => import('./drawer-popup'))
export type DrawerOrganization = { name: string; slug: string; colour: string; logoHash?: string | null }

/** Belongs to the page it was opened on: arriving on another one closes it. */
export function NavigationDrawer({ organization, children }: { organization: DrawerOrganization; children: ReactNode }) {
  const pathname = usePathname()
  const [openOn, setOpenOn] = useState<string | null>(null)
  const opener = useRef<HTMLElement>(null)
  const isOpen = openOn === pathname
  const parts = usePart(drawerParts, isOpen)
  const openBy = (element: HTMLElement) => {
    opener.current = element
    setOpenOn(pathname)
  }
  return (
    <>
      <PopupTrigger trigger={<IconButton label="Open navigation" icon={<MenuIcon />} />} kind="dialog" isOpen={isOpen} part={drawerParts} onOpen={openBy} />
      {parts && <parts.DrawerPopup organization={organization} open={isOpen} onOpenChange={(open) => setOpenOn(open ? pathname : null)} opener={opener}>{children}</parts.DrawerPopup>}
    </>
  )
}
