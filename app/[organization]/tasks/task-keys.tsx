'use client'

import { useShortcut } from '@/components/shell/shortcuts'
import { allowedNext, type Status } from '@/lib/tasks/rules'
import { currentKey, linkOf, openedKey, taskLinks, usePanel } from './use-panel'

/** The keys of every list of tasks: up and down, open, and whatever the row of the task offers under `data-act`. */
export function TaskKeys() {
  const { open } = usePanel()
  const step = (by: number) => {
    const [links, key] = [taskLinks(), currentKey()]
    const at = links.findIndex((link) => link === document.activeElement)
    const here = at >= 0 ? at : links.findIndex((link) => link.dataset.task === key)
    const next = links[here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + by, 0), links.length - 1)]
    next?.focus()
    if (next && openedKey()) open(next.dataset.task!)
  }
  const act = (name: string) => {
    const key = currentKey()
    const row = key ? linkOf(key)?.closest('[data-row]') : null
    row?.querySelector<HTMLElement>(`[data-act=${name}] button, button[data-act=${name}]`)?.click()
  }
  useShortcut('j', () => step(1), 'Next task')
  useShortcut('k', () => step(-1), 'Previous task')
  useShortcut('o', () => { const key = currentKey(); if (key) linkOf(key)?.click() }, 'Open the task')
  useShortcut('a', () => act('assign'), 'Assign the task')
  useShortcut('v', () => act('review'), 'Choose who reviews the task')
  useShortcut('m', () => act('move'), 'Move the task to another status')
  useShortcut('d', () => act('complete'), 'Complete the task')
  return null
}

/** Completing where no button of the row does it. After TaskKeys: the later one of a key is heard. */
export function CompleteKey<T extends { key: string; status: string }>({ tasks, complete }: { tasks: T[]; complete: (task: T) => void }) {
  useShortcut('d', () => {
    const task = tasks.find(({ key }) => key === currentKey())
    if (task && allowedNext(task.status as Status).includes('done')) complete(task)
  }, 'Complete the task')
  return null
}
