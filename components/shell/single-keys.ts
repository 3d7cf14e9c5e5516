'use client'

import { useSyncExternalStore } from 'react'

const STORAGE_KEY = 'single-key-shortcuts'
const CHANGED = 'single-keys-changed'

/** WCAG 2.1.4: shortcuts of plain characters can be turned off, for people who speak to their computer. */
export function useSingleKeysOn() {
  return useSyncExternalStore(watch, read, () => true)
}

export function setSingleKeysOn(on: boolean) {
  localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off')
  window.dispatchEvent(new Event(CHANGED))
}

function read() {
  return localStorage.getItem(STORAGE_KEY) !== 'off'
}

function watch(notify: () => void) {
  window.addEventListener(CHANGED, notify)
  window.addEventListener('storage', notify)
  return () => {
    window.removeEventListener(CHANGED, notify)
    window.removeEventListener('storage', notify)
  }
}
