import 'server-only'
import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { sessionToken } from '@/lib/auth/cookies'
import { currentPerson } from '@/lib/auth/session'
import { NotFoundError } from '@/lib/errors'
import type { Person } from '@/lib/platform/directory'
import { requireRecentProof } from '@/lib/second-factor/factors'
import { parse, refuse, requireSameOrigin } from './answer'
import { setFlash } from './flash'
import { signedOut } from './member-action'
import { fieldsOf } from './payload'
import type { ActionState, FormAction } from './state'

type Answer<T> = { message?: string; data?: T; redirectTo?: string } | void

/** Builds a server action of the console: for super-admins with a second factor who have shown lately that it is they; for everybody else there is nothing here. `proof: false`: for what only ends something, or looks. */
export function superAdminAction<S extends z.ZodType, T = unknown>(schema: S, perform: (acting: { person: Person; token: string }, input: z.infer<S>) => Promise<Answer<T>>, { proof = true } = {}): FormAction<T> {
  return async (_previous, payload) => {
    let fields: Record<string, unknown> = {}
    try {
      await requireSameOrigin()
      fields = fieldsOf(payload)
      const [person, token] = [await currentPerson(), await sessionToken()]
      if (!person || !token) throw signedOut()
      if (!person.isSuperAdmin || person.gate || !person.hasSecondFactor) throw new NotFoundError()
      if (proof) requireRecentProof(person)
      const answer = await perform({ person, token }, parse(schema, fields))
      if (answer?.redirectTo) {
        if (answer.message) await setFlash(answer.message)
        redirect(answer.redirectTo)
      }
      refresh()
      return { status: 'ok', ...answer } as ActionState<T>
    } catch (error) {
      return refuse(error, fields)
    }
  }
}
