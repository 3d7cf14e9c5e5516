'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { AppLink } from './app-link'
import { classNames } from './class-names'
import { Kbd } from './kbd'
import type { ItemContent, MenuItemProps, MenuLinkProps, MenuProps, MenuRadioGroupProps } from './menu'

export function MenuPopup({ trigger, align = 'start', side = 'bottom', open, onOpenChange, className, opensByKey, children }: MenuProps & {
  open: boolean; onOpenChange: (open: boolean) => void; /** Wanted by a key before it was here. */ opensByKey: boolean
}) {
  const button = useRef<HTMLButtonElement>(null)
  const isAsked = useRef(opensByKey)
  // A click without a pointer: the menu opens with its first choice focused.
  useEffect(() => {
    if (isAsked.current) button.current?.click()
    isAsked.current = false
  }, [])
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Trigger ref={button} render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={classNames('popup max-h-[min(28rem,var(--available-height))] max-w-[min(20rem,var(--available-width))] min-w-48 origin-(--transform-origin) overflow-y-auto p-1', className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const ITEM = 'menu-item [&_svg]:size-4 [&_svg]:shrink-0'

function MenuContent({ icon, hint, shortcut, children }: ItemContent) {
  return (
    <>
      {icon && <span aria-hidden className="text-text-muted">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="shrink-0 text-xs text-text-muted">{hint}</span>}
      {shortcut && <Kbd keys={shortcut} />}
    </>
  )
}

export function MenuItem({ onClick, tone, disabled, ...content }: MenuItemProps) {
  return (
    <Base.Item onClick={onClick} disabled={disabled} className={classNames(ITEM, tone === 'danger' && 'text-danger')}>
      <MenuContent {...content} />
    </Base.Item>
  )
}

export function MenuLink({ href, checked, ...content }: MenuLinkProps) {
  return (
    <Base.LinkItem closeOnClick render={<AppLink href={href} />} aria-current={checked ? 'true' : undefined} className={ITEM}>
      <MenuContent {...content} />
      {checked && <Check aria-hidden className="text-accent" />}
    </Base.LinkItem>
  )
}

export function MenuRadioGroup<Value extends string>({ label, value, onValueChange, options }: MenuRadioGroupProps<Value>) {
  return (
    <MenuGroup label={label}>
      <Base.RadioGroup value={value} onValueChange={onValueChange}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={ITEM}>
            <MenuContent icon={option.icon}>{option.label}</MenuContent>
            <Base.RadioItemIndicator className="text-accent"><Check aria-hidden /></Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </MenuGroup>
  )
}

export function MenuGroup({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 py-1 text-xs font-medium text-text-muted">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-border" />
}
