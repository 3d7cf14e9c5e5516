'use client'

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { lazyComponent } from '@/components/ui/lazy-part'
import { chordOf, isCovered, isTyping } from './shortcut-keys'
import { useSingleKeysOn } from './single-keys'

const ShortcutDialog = lazyComponent(() => import('./shortcut-dialog').then((module) => module.ShortcutDialog))

export type Shortcut = { keys: string; label: string; run: () => void }

type Registry = { add: (shortcut: Shortcut) => () => void; openList: () => void }

const ShortcutContext = createContext<Registry | null>(null)
const SEQUENCE_TIMEOUT_MS = 1_200

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [shortcuts, setShortcuts] = useState<Shortcut[]>([])
  const [listOpen, setListOpen] = useState(false)
  const singleKeysOn = useSingleKeysOn()
  const pressed = useRef({ chord: '', atMs: 0 })

  const registry = useMemo<Registry>(
    () => ({
      add(shortcut) {
        setShortcuts((all) => [...all, shortcut])
        return () => setShortcuts((all) => all.filter((other) => other !== shortcut))
      },
      openList: () => setListOpen(true),
    }),
    [],
  )

  const press = useEffectEvent((event: KeyboardEvent) => {
    const chord = chordOf(event)
    if (!chord || event.defaultPrevented) return
    if (!chord.startsWith('mod+') && (!singleKeysOn || isTyping(event) || isCovered())) return
    const now = performance.now()
    const first = now - pressed.current.atMs < SEQUENCE_TIMEOUT_MS ? pressed.current.chord : ''
    const bound = (keys: string) => shortcuts.findLast((shortcut) => shortcut.keys === keys)
    // The latest registration wins: a dialog's or page's shortcut over the shell's.
    const shortcut = bound(`${first} ${chord}`) ?? bound(chord)
    pressed.current = { chord: shortcut ? '' : chord, atMs: now }
    if (!shortcut) return
    event.preventDefault()
    shortcut.run()
  })

  useEffect(() => {
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])

  return (
    <ShortcutContext value={registry}>
      <ShortcutListKey />
      {children}
      <ShortcutDialog open={listOpen} onOpenChange={setListOpen} shortcuts={shortcuts} />
    </ShortcutContext>
  )
}

/** `keys`: one key (`c`), two in a row (`g t`) or with Ctrl/Cmd (`mod+k`). Only the last works while typing in a field. */
export function useShortcut(keys: string | undefined, run: () => void, label: string) {
  const registry = useContext(ShortcutContext)
  const runLatest = useEffectEvent(run)
  useEffect(() => {
    if (!keys || !registry) return
    return registry.add({ keys, label, run: () => runLatest() })
  }, [keys, label, registry])
}

/** Opens the list that `?` opens. */
export function useShortcutList() {
  const registry = useContext(ShortcutContext)
  return () => registry?.openList()
}

function ShortcutListKey() {
  useShortcut('?', useShortcutList(), 'Keyboard shortcuts')
  return null
}
