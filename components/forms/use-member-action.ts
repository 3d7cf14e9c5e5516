'use client'

import { useCallback, useTransition } from 'react'
import { useToast } from '@/components/ui/toast'
import { type ActionState, idle, type MemberAction } from '@/lib/actions/state'
import { useOrganization } from './organization'

export const UNREACHABLE = 'The server could not be reached. Nothing was stored: check the connection and try again.'

/**
 * Runs a server action from a click or a key: shows refusals as toasts, and answers the state for whoever needs more.
 * `optimistic` shows the wished result until the answer is there.
 */
export function useMemberAction<T>(action: MemberAction<T>, { quiet }: { quiet?: boolean } = {}) {
  const { slug } = useOrganization()
  const toast = useToast()
  const [pending, start] = useTransition()
  const run = useCallback(
    (input: Record<string, unknown>, optimistic?: () => void) =>
      new Promise<ActionState<T>>((resolve) => {
        start(async () => {
          optimistic?.()
          const state = await action(idle, { ...input, organization: slug }).catch((): ActionState<T> => refusedLocally(UNREACHABLE))
          if (!quiet && state.status === 'refused') toast({ title: state.message, tone: 'danger' })
          resolve(state)
        })
      }),
    [action, slug, toast, quiet],
  )
  return { run, pending }
}

export function refusedLocally(message: string): ActionState<never> {
  return { status: 'refused', httpStatus: 0, code: 'unreachable', message, fields: {}, values: {} }
}
