'use client'

import { cloneElement, type MouseEvent, type ReactElement } from 'react'
import type { LazyPart } from './lazy-part'

type TriggerProps = { trigger: ReactElement; kind: 'menu' | 'dialog' | 'listbox'; isOpen: boolean; part: LazyPart<unknown>; /** `byKey`: then the first choice is to be focused. */ onOpen: (opener: HTMLElement, byKey: boolean) => void; opensByArrow?: boolean }
type Handlers = { onClick?: (event: MouseEvent<HTMLElement>) => void; onPointerEnter?: (event: unknown) => void; onFocus?: (event: unknown) => void; onKeyDown?: (event: { key: string; preventDefault: () => void; currentTarget: HTMLElement }) => void }

/** What opens a popup that is not here yet: fetched when it is pointed at, opened by a click. */
export function PopupTrigger({ trigger, kind, isOpen, part, onOpen, opensByArrow }: TriggerProps) {
  const own = trigger.props as Handlers
  const begin = () => void part.fetch().catch(() => undefined)
  return cloneElement(trigger as ReactElement<Record<string, unknown>>, {
    'aria-haspopup': kind,
    ...(kind === 'listbox' && { role: 'combobox' }),
    'aria-expanded': isOpen,
    onPointerEnter: (event: unknown) => { begin(); own.onPointerEnter?.(event) },
    onFocus: (event: unknown) => { begin(); own.onFocus?.(event) },
    onClick: (event: MouseEvent<HTMLElement>) => {
      own.onClick?.(event)
      if (!event.defaultPrevented) onOpen(event.currentTarget, event.detail === 0)
    },
    ...(opensByArrow && {
      onKeyDown: (event: { key: string; preventDefault: () => void; currentTarget: HTMLElement }) => {
        own.onKeyDown?.(event)
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
        event.preventDefault()
        onOpen(event.currentTarget, true)
      },
    }),
  } satisfies Handlers & Record<string, unknown>)
}
