'use client'

import { Maximize2, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { isCovered } from '@/components/shell/shortcut-keys'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { IconButton } from '@/components/ui/icon-button'
import { linkOf, usePanel } from './use-panel'

/** Beside the list, not over it: the list stays as it is and goes on reacting to keys. */
export function SidePanel({ taskKey, href, children }: { taskKey: string; href?: string; children: ReactNode }) {
  const { close } = usePanel()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const shut = (event: KeyboardEvent) => {
      // Before a dialog or a menu inside of it has heard of the key and is gone.
      if (event.key !== 'Escape' || isCovered() || event.isComposing) return
      close()
    }
    document.addEventListener('keydown', shut, { capture: true })
    return () => document.removeEventListener('keydown', shut, { capture: true })
  }, [close])
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('[data-panel-title]')?.focus({ preventScroll: true })
    // Whoever closes it goes on where they were.
    return () => linkOf(taskKey)?.focus({ preventScroll: true })
  }, [taskKey])
  return (
    <aside ref={panel} data-side-panel aria-label={`Task ${taskKey}`} className="fixed inset-y-0 end-0 z-30 flex w-full flex-col border-s bg-surface shadow-xl sm:w-[min(44rem,90vw)] lg:w-[min(44rem,50vw)]">
      <header className="flex min-h-12 items-center gap-2 border-b px-4">
        <span className="me-auto font-mono text-xs text-text-muted">{taskKey}</span>
        {href && <AppLink href={href} className={buttonClass({ variant: 'ghost', size: 'sm' })}><Maximize2 aria-hidden />Open page</AppLink>}
        <IconButton label="Close the task" icon={<X />} variant="ghost" onClick={close} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4 sm:p-5">{children}</div>
    </aside>
  )
}
