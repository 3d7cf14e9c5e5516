'use client'

import { useEffect, useEffectEvent, useState } from 'react'

export type SearchResult = { kind: string; title: string; hint?: string; href: string }
export type Search<T = SearchResult> = (query: string, signal: AbortSignal) => Promise<T[]>

type Answer<T> = { query: string; attempt: number } & ({ results: T[] } | { failed: true })
export type SearchState<T = SearchResult> = { status: 'idle' | 'loading' | 'failed' } | { status: 'ready'; results: T[] }

const DEBOUNCE_MS = 180
export const SEARCH_MIN_LENGTH = 2

/** An answer counts only for the query that asked for it, so a slow one never replaces a later one. */
export function useSearch<T = SearchResult>(query: string, search: Search<T>, minLength = SEARCH_MIN_LENGTH): SearchState<T> & { retry: () => void } {
  const [answer, setAnswer] = useState<Answer<T> | null>(null)
  const [attempt, setAttempt] = useState(0)
  const searchLatest = useEffectEvent(search)
  const wanted = query.trim()

  useEffect(() => {
    if (wanted.length < minLength) return
    const controller = new AbortController()
    const look = async () => {
      const outcome = await searchLatest(wanted, controller.signal).then(
        (results) => ({ results }),
        () => ({ failed: true as const }),
      )
      if (!controller.signal.aborted) setAnswer({ query: wanted, attempt, ...outcome })
    }
    const timer = setTimeout(() => void look(), DEBOUNCE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [wanted, attempt, minLength])

  const retry = () => setAttempt((count) => count + 1)
  if (wanted.length < minLength) return { status: 'idle', retry }
  if (answer?.query !== wanted || answer.attempt !== attempt) return { status: 'loading', retry }
  return 'failed' in answer ? { status: 'failed', retry } : { status: 'ready', results: answer.results, retry }
}
