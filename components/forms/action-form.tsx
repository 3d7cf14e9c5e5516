'use client'

import { unstable_rethrow } from 'next/navigation'
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { FormMessage } from '@/components/ui/form-message'
import { type ActionState, type FormAction, idle, type MemberAction } from '@/lib/actions/state'
import { useCarried } from './organization'
import { useProof, withProof } from './proof'
import { refusedLocally, UNREACHABLE } from './use-member-action'

export type FormState = {
  /** The message under a field. */
  error: (name: string) => string[] | undefined
  /** What was typed into a field before the refusal, else what it began with. */
  value: (name: string, initial?: string) => string
  values: (name: string, initial?: string[]) => string[]
  pending: boolean
  current?: Record<string, unknown>
}

type ActionFormProps<T> = {
  action: MemberAction<T> | FormAction<T>
  /** Sent along, unseen. */
  hidden?: Record<string, string | number>
  /** `sent`: what was in the form. */
  onDone?: (state: Extract<ActionState<T>, { status: 'ok' }>, sent: FormData) => void
  className?: string
  children: (form: FormState) => ReactNode
}

/** A form bound to a server action: carries its organization if it has one, asks for a proof where one is wanted, keeps what was typed, shows refusals where they belong. */
export function ActionForm<T>({ action, hidden = {}, onDone, className, children }: ActionFormProps<T>) {
  const carried = useCarried()
  const prove = useProof()
  const send = action as FormAction<T>
  const [{ state, round, sent }, submit, pending] = useActionState(
    async (previous: { state: ActionState<T>; round: number; sent: FormData | null }, form: FormData) => {
      const next = await withProof(prove, () => send(previous.state, form)).catch((error: unknown): ActionState<T> => {
        // A redirect is thrown too.
        unstable_rethrow(error)
        return { ...refusedLocally(UNREACHABLE), values: Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string')) } as ActionState<T>
      })
      return { state: next, round: previous.round + 1, sent: form }
    },
    { state: idle as ActionState<T>, round: 0, sent: null as FormData | null },
  )
  const done = useRef(onDone)
  useEffect(() => {
    done.current = onDone
  })
  useEffect(() => {
    if (state.status === 'ok' && sent) done.current?.(state, sent)
  }, [state, sent])

  // Whoever pressed the button at the end of a long form is taken to what was wrong with it.
  const element = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (state.status !== 'refused') return
    const field = element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (field) field.focus()
    else element.current?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' })
  }, [state])

  const refused = state.status === 'refused' ? state : null
  const form: FormState = {
    error: (name) => refused?.fields[name],
    value: (name, initial = '') => [refused?.values[name] ?? (refused && name in refused.values ? '' : initial)].flat()[0] ?? '',
    values: (name, initial = []) => (refused ? [refused.values[name] ?? []].flat() : initial),
    pending,
    current: refused?.current,
  }
  return (
    <form ref={element} action={submit} className={className} noValidate>
      {Object.entries({ ...carried, ...hidden }).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <FormMessage>{refused?.message}</FormMessage>
      {/* Remounted after each answer, so that every kind of field begins with what was typed. */}
      <div key={round} className="contents">{children(form)}</div>
    </form>
  )
}
