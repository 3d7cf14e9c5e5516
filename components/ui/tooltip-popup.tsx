'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'

type PopupProps = { content: ReactNode; side: 'top' | 'right' | 'bottom' | 'left'; anchor: HTMLElement; open: boolean; onOpenChange: (open: boolean) => void; onEnter: () => void; onLeave: () => void }

export function TooltipPopup({ content, side, anchor, open, onOpenChange, onEnter, onLeave }: PopupProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} side={side} sideOffset={6} className="z-60">
          <Base.Popup onPointerEnter={onEnter} onPointerLeave={onLeave} className="rounded-md bg-text px-2 py-1 text-xs text-surface-raised shadow-popup transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
