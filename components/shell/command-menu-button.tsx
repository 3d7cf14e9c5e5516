'use client'

import { Search } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Kbd } from '@/components/ui/kbd'

const OPEN_EVENT = 'command-menu:open'

export function openCommandMenu() {
  window.dispatchEvent(new Event(OPEN_EVENT))
}

export function onOpenCommandMenu(open: () => void) {
  window.addEventListener(OPEN_EVENT, open)
  return () => window.removeEventListener(OPEN_EVENT, open)
}

export function CommandMenuButton({ compact }: { compact?: boolean }) {
  if (compact) return <IconButton label="Search" icon={<Search />} onClick={openCommandMenu} />
  return (
    <Button onClick={openCommandMenu} icon={<Search />} className="w-full justify-start px-2.5 font-normal text-text-muted" size="sm" aria-keyshortcuts="Control+K Meta+K">
      <span className="flex-1 text-start">Search…</span>
      <Kbd keys="mod+k" />
    </Button>
  )
}
