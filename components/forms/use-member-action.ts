'use client'

import { unstable_rethrow } from 'next/navigation'
import { useCallback, useTransition } from 'react'
import { useToast } from '@/components/ui/toast'
import { type ActionState, type FormAction, idle, type MemberAction } from '@/lib/actions/state'
import { useCarried } from './organization'
import { useProof, withProof } from './proof'

export const UNREACHABLE = 'The server could not be reached. Nothing was stored: check the connection and try again.'

/**
 * Runs a server action from a click or a key: shows refusals as toasts, and answers the state for whoever needs more.
 * `optimistic` shows the wished result until the answer is there.
 */
export function useMemberAction<T>(action: MemberAction<T> | FormAction<T>, { quiet }: { quiet?: boolean } = {}) {
  const { organization } = useCarried()
  const prove = useProof()
  const toast = useToast()
  const [pending, start] = useTransition()
  const run = useCallback(
    (input: Record<string, unknown>, optimistic?: () => void) =>
      new Promise<ActionState<T>>((resolve, reject) => {
        start(async () => {
          optimistic?.()
          const sent = { ...input, ...(organization && { organization }) }
          const state = await withProof(prove, () => (action as FormAction<T>)(idle, sent)).catch((error: unknown): ActionState<T> | null => {
            try {
              // A redirect is thrown too: it goes on to the form that waits for the answer, which follows it.
              unstable_rethrow(error)
            } catch (redirect) {
              reject(redirect as Error)
              return null
            }
            return refusedLocally(UNREACHABLE)
          })
          if (!state) return
          if (!quiet && state.status === 'refused') toast({ title: state.message, tone: 'danger' })
          resolve(state)
        })
      }),
    [action, organization, prove, toast, quiet],
  )
  return { run, pending }
}

export function refusedLocally(message: string): ActionState<never> {
  return { status: 'refused', httpStatus: 0, code: 'unreachable', message, fields: {}, values: {} }
}
