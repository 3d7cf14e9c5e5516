'use client'

import { createElement, type FunctionComponent, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'

/** What is not needed to show a page: fetched when it is first wanted, or at the first sign of somebody at the page. `fetch` rejects if it does not come, and may be asked again. */
export type LazyPart<T> = { fetch: () => Promise<T> }

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'focusin'] as const
/** Waits before a part that is wanted is asked for again; the last one repeats. */
const RETRY_MS = [1_000, 3_000, 10_000]
const all = new Set<() => Promise<unknown>>()

export function lazyPart<T>(load: () => Promise<T>): LazyPart<T> {
  let coming: Promise<T> | null = null
  const fetch = () => (coming ??= load().catch((error: unknown) => {
    coming = null
    throw error
  }))
  all.add(fetch)
  return { fetch }
}

/** The part, once it is here. While it is wanted and does not come it is asked for again and, unless `isQuiet`, the page says so. */
export function usePart<T>(lazy: LazyPart<T>, isWanted: boolean, { isQuiet = false } = {}): T | null {
  const [part, setPart] = useState<{ is: T } | null>(null)
  useEffect(() => {
    if (!isWanted || part) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isCurrent = true
    const me = {}
    const ask = (failures: number) => {
      lazy.fetch().then(
        (is) => isCurrent && setPart({ is }),
        () => {
          if (!isCurrent) return
          if (!isQuiet) missing.add(me)
          timer = setTimeout(ask, RETRY_MS[failures] ?? RETRY_MS.at(-1), failures + 1)
        },
      )
    }
    ask(0)
    return () => {
      isCurrent = false
      clearTimeout(timer)
      missing.delete(me)
    }
  }, [lazy, isWanted, isQuiet, part])
  return part ? part.is : null
}

/** A component that is fetched, with all that it needs, when it is first there: a dialog when it is first `open`. Not rendered by the server. */
export function lazyComponent<Component extends (props: never) => ReactNode>(load: () => Promise<Component>) {
  type Props = Parameters<Component>[0] & object
  const part = lazyPart(() => load().then((component) => ({ component: component as unknown as FunctionComponent<Props> })))
  return function LazyComponent(props: Props) {
    const loaded = usePart(part, (props as { open?: boolean }).open ?? true)
    return loaded ? createElement(loaded.component, props) : null
  }
}

/** Fetches every part at the first movement, touch or key, so that it is mostly here by the click that wants it. Answers whether there was one. */
export function useFirstSign(): boolean {
  const [isHere, setIsHere] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    const begin = () => {
      stop.abort()
      setIsHere(true)
      // One that fails is asked for again by whoever wants it.
      for (const fetch of all) fetch().catch(() => undefined)
    }
    for (const sign of SIGNS) window.addEventListener(sign, begin, { once: true, passive: true, signal: stop.signal })
    return () => stop.abort()
  }, [])
  return isHere
}

const missing = watchedSet<object>()

/** Whether something that is wanted cannot be fetched just now. */
export const useIsPartMissing = () => useSyncExternalStore(missing.subscribe, missing.isSome, () => false)

function watchedSet<T>() {
  const members = new Set<T>()
  const listeners = new Set<() => void>()
  const tell = () => listeners.forEach((listener) => listener())
  return {
    add: (member: T) => void (members.add(member), tell()),
    delete: (member: T) => void (members.delete(member) && tell()),
    isSome: () => members.size > 0,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
