'use client'

import { createElement, type FunctionComponent, type ReactNode, useEffect, useState } from 'react'

/** What is not needed to show a page: it is fetched when it is first wanted, or with the first sign of somebody at the page. */
export type LazyPart<T> = { now: () => T | null; fetch: () => Promise<T> }

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'touchstart', 'focusin'] as const
const all = new Set<() => Promise<unknown>>()

export function lazyPart<T>(load: () => Promise<T>): LazyPart<T> {
  let part: T | null = null
  let coming: Promise<T> | null = null
  const fetch = () => (coming ??= load().then((loaded) => (part = loaded), (error: unknown) => {
    coming = null
    throw error
  }))
  all.add(fetch)
  return { now: () => part, fetch }
}

/** The part, once it is here; an error of the page if it cannot be fetched although it is wanted. */
export function usePart<T>(lazy: LazyPart<T>, isWanted: boolean): T | null {
  const [state, setState] = useState<{ part: T | null; error?: unknown }>(() => ({ part: null }))
  useEffect(() => {
    if (!isWanted || state.part) return
    let isCurrent = true
    lazy.fetch().then((part) => isCurrent && setState({ part }), (error: unknown) => isCurrent && setState({ part: null, error }))
    return () => void (isCurrent = false)
  }, [lazy, isWanted, state.part])
  if (state.error) throw state.error
  return state.part
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

/** Fetches every part at the first movement, touch or key: by the click that wants one it is mostly here. */
export function useFetchAtFirstSign() {
  useEffect(() => {
    const stop = new AbortController()
    const begin = () => {
      stop.abort()
      // One that fails is asked for again by whoever wants it.
      for (const fetch of all) fetch().catch(() => undefined)
    }
    for (const sign of SIGNS) window.addEventListener(sign, begin, { once: true, passive: true, signal: stop.signal })
    return () => stop.abort()
  }, [])
}
