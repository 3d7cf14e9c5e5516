'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'

const WIDE = '(min-width: 48rem)'

/** The link to a task in the list behind, and all of them in the order in which they stand. */
export const taskLinks = () => [...document.querySelectorAll<HTMLAnchorElement>('a[data-task]')]
export const linkOf = (key: string) => taskLinks().find((link) => link.dataset.task === key)
/** The task at the side, by the address. */
export const openedKey = () => new URLSearchParams(window.location.search).get('task')
/** The task that a key is for: the one whose row has the focus, also after a choice in it, or the one at the side. */
export const currentKey = () => {
  const focused = document.activeElement
  const link = focused?.closest<HTMLElement>('a[data-task]') ?? focused?.closest('[data-row]')?.querySelector<HTMLElement>('a[data-task]')
  return link?.dataset.task ?? openedKey()
}

/** Opens and closes a task at the side of the list that is shown; the address of the list says which. */
export function usePanel() {
  const router = useRouter()
  const go = useCallback((key: string | null, isNew: boolean) => {
    const url = new URL(window.location.href)
    if (key) url.searchParams.set('task', key)
    else url.searchParams.delete('task')
    router[isNew ? 'push' : 'replace'](`${url.pathname}${url.search}`, { scroll: false })
  }, [router])
  return {
    /** False where the screen has no room beside the list: the page is opened then. */
    open: useCallback((key: string) => {
      if (!window.matchMedia(WIDE).matches) return false
      go(key, !openedKey())
      return true
    }, [go]),
    close: useCallback(() => go(null, false), [go]),
  }
}
