import 'server-only'
import { refresh } from 'next/cache'
import type { z } from 'zod'
import { GATE_SENTENCES } from '@/lib/auth/gates'
import { currentPerson } from '@/lib/auth/session'
import { currentVisitor } from '@/lib/auth/visitor'
import { ForbiddenError } from '@/lib/errors'
import type { Person, PersonGate } from '@/lib/platform/directory'
import type { Visitor } from '@/lib/visitors/visitor'
import { parse, refuse, requireSameOrigin } from './answer'
import { signedOut } from './member-action'
import { fieldsOf } from './payload'
import type { ActionState, FormAction } from './state'

type Answer<T> = { message?: string; data?: T } | void

/**
 * Builds a server action of somebody signed in, outside of any organization: proves who they are, refuses while a gate is
 * closed unless this action is among what passes it (`atGate`), parses, performs. The noun opens the person's scope.
 */
export function personAction<S extends z.ZodType, T = unknown>(schema: S, perform: (person: Person, input: z.infer<S>, visitor: Visitor) => Promise<Answer<T>>, { atGate = [] }: { atGate?: readonly PersonGate[] } = {}): FormAction<T> {
  return async (_previous, payload) => {
    let fields: Record<string, unknown> = {}
    try {
      await requireSameOrigin()
      fields = fieldsOf(payload)
      const person = await currentPerson()
      if (!person) throw signedOut()
      if (person.gate && !atGate.includes(person.gate)) throw new ForbiddenError(GATE_SENTENCES[person.gate], person.gate)
      const answer = await perform(person, parse(schema, fields), await currentVisitor())
      refresh()
      return { status: 'ok', ...answer } as ActionState<T>
    } catch (error) {
      return refuse(error, fields)
    }
  }
}

/** The same for anybody, signed in or not: what it does is guarded by a limit, a link or a password. */
export function publicAction<S extends z.ZodType, T = unknown>(schema: S, perform: (input: z.infer<S>) => Promise<Answer<T>>): FormAction<T> {
  return async (_previous, payload) => {
    let fields: Record<string, unknown> = {}
    try {
      await requireSameOrigin()
      fields = fieldsOf(payload)
      return { status: 'ok', ...(await perform(parse(schema, fields))) } as ActionState<T>
    } catch (error) {
      return refuse(error, fields)
    }
  }
}
