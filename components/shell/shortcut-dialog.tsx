'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import type { Shortcut } from './shortcuts'
import { setSingleKeysOn, useSingleKeysOn } from './single-keys'

type ShortcutDialogProps = { open: boolean; onOpenChange: (open: boolean) => void; shortcuts: Shortcut[] }

export function ShortcutDialog({ open, onOpenChange, shortcuts }: ShortcutDialogProps) {
  const singleKeysOn = useSingleKeysOn()
  const listed = [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()].sort((a, b) => a.label.localeCompare(b.label))
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" description="They rest while you type in a field.">
      {/* Focus begins at its first word, not at the box below it, which would scroll the list out of sight. */}
      <div role="region" aria-label="Shortcuts" tabIndex={0} className="rounded-sm">
        <dl className="divide-y">
          {listed.map((shortcut) => (
            <div key={shortcut.keys} className="flex items-center justify-between gap-4 py-1.5">
              <dt>{shortcut.label}</dt>
              <dd>
                <Kbd keys={shortcut.keys} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <Checkbox
        className="mt-4"
        label="Shortcuts of one or two letters"
        hint="Turn off if you dictate, or press keys by accident. Ctrl and Cmd shortcuts stay."
        checked={singleKeysOn}
        onChange={(event) => setSingleKeysOn(event.target.checked)}
      />
    </Dialog>
  )
}
