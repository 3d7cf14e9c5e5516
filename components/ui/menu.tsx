'use client'

import { createContext, type ReactElement, type ReactNode, use, useState } from 'react'
import { lazyPart, usePart } from './lazy-part'
import { PopupTrigger } from './popup-trigger'

export type MenuProps = {
  trigger: ReactElement
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'right' | 'left'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
  children: ReactNode
}
export type ItemContent = { icon?: ReactNode; hint?: ReactNode; shortcut?: string; children: ReactNode }
export type MenuItemProps = ItemContent & { onClick: () => void; tone?: 'danger'; disabled?: boolean }
export type MenuLinkProps = ItemContent & { href: string; checked?: boolean }
export type MenuRadioGroupProps<Value extends string> = { label: string; value: Value; onValueChange: (value: Value) => void; options: { value: Value; label: string; icon?: ReactNode }[] }

type Parts = typeof import('./menu-parts')
const menuParts = lazyPart<Parts>(() => import('./menu-parts'))
const PartsContext = createContext<Parts | null>(null)
const useParts = () => use(PartsContext)!

export function Menu({ trigger, open, onOpenChange, ...popup }: MenuProps) {
  const [ownOpen, setOwnOpen] = useState(false)
  const [byKey, setByKey] = useState(false)
  const isOpen = open ?? ownOpen
  const parts = usePart(menuParts, isOpen || byKey)
  const change = (next: boolean) => {
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  if (!parts) return <PopupTrigger trigger={trigger} kind="menu" isOpen={isOpen} part={menuParts} onOpen={(_, isKey) => (isKey ? setByKey(true) : change(true))} opensByArrow />
  return (
    <PartsContext value={parts}>
      <parts.MenuPopup {...popup} trigger={trigger} opensByKey={byKey} open={isOpen} onOpenChange={change} />
    </PartsContext>
  )
}

// Only ever rendered in an open menu, whose parts are here by then.
export function MenuItem(props: MenuItemProps) {
  const parts = useParts()
  return <parts.MenuItem {...props} />
}

export function MenuLink(props: MenuLinkProps) {
  const parts = useParts()
  return <parts.MenuLink {...props} />
}

export function MenuRadioGroup<Value extends string>(props: MenuRadioGroupProps<Value>) {
  const parts = useParts()
  return <parts.MenuRadioGroup {...props} />
}

export function MenuGroup(props: { label: ReactNode; children: ReactNode }) {
  const parts = useParts()
  return <parts.MenuGroup {...props} />
}

export function MenuSeparator() {
  const parts = useParts()
  return <parts.MenuSeparator />
}
