'use client'

import { cloneElement, type FocusEvent, type PointerEvent, type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { lazyPart, usePart } from './lazy-part'

const SHOW_MS = 400
/** Long enough to move onto the tooltip itself. */
const HIDE_MS = 120
const tooltipParts = lazyPart(() => import('./tooltip-popup'))
type Handlers = {
  onPointerEnter?: (event: PointerEvent<HTMLElement>) => void; onPointerLeave?: (event: PointerEvent<HTMLElement>) => void
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void; onFocus?: (event: FocusEvent<HTMLElement>) => void; onBlur?: (event: FocusEvent<HTMLElement>) => void
}

/** An addition for sighted pointer and keyboard users. The child must already have an accessible name of its own. */
export function Tooltip({ content, side = 'top', children }: { content: ReactNode; side?: 'top' | 'right' | 'bottom' | 'left'; children: ReactElement }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [{ after, stop }] = useState(() => makeTimer(setOpen))
  const parts = usePart(tooltipParts, anchor !== null, { isQuiet: true })
  useEffect(() => stop, [stop])
  const own = children.props as Handlers
  const handlers: Handlers = {
    onPointerEnter: (event) => {
      own.onPointerEnter?.(event)
      if (event.pointerType === 'touch') return
      setAnchor(event.currentTarget)
      after(SHOW_MS, true)
    },
    onPointerLeave: (event) => {
      own.onPointerLeave?.(event)
      after(HIDE_MS, false)
    },
    onPointerDown: (event) => {
      own.onPointerDown?.(event)
      after(0, false)
    },
    onFocus: (event) => {
      own.onFocus?.(event)
      if (!event.currentTarget.matches(':focus-visible')) return
      setAnchor(event.currentTarget)
      after(0, true)
    },
    onBlur: (event) => {
      own.onBlur?.(event)
      after(0, false)
    },
  }
  return (
    <>
      {cloneElement(children as ReactElement<Handlers>, handlers)}
      {parts && anchor && <parts.TooltipPopup content={content} side={side} anchor={anchor} open={isOpen} onOpenChange={setOpen} onEnter={() => after(0, true)} onLeave={() => after(HIDE_MS, false)} />}
    </>
  )
}

function makeTimer(setOpen: (open: boolean) => void) {
  let timer: ReturnType<typeof setTimeout>
  const stop = () => clearTimeout(timer)
  const after = (ms: number, open: boolean) => {
    stop()
    timer = setTimeout(() => setOpen(open), ms)
  }
  return { after, stop }
}
