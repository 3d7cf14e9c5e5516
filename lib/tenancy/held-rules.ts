import { ConflictError, ForbiddenError, type Refusal } from '@/lib/errors'
import { NOTHING_STORED } from '@/lib/support/words'
import type { SupportFacts } from './member'

type Limited = { limit: string; current: number; max: number }

const LIMITED: Record<string, (limited: Limited) => string> = {
  members: ({ current, max }) => `This organization has ${current} of ${max} seats taken, open invitations among them. An owner can change the plan, or withdraw an invitation.`,
  projects: ({ current, max }) => `This organization has ${current} of the ${max} projects of its plan. Archive one, or ask an owner to change the plan.`,
  storage_mb: ({ current, max }) => `Files here take ${current} of the ${max} MB of the plan. Delete some, or ask an owner to change the plan.`,
}

/**
 * Rules that the database itself holds on every path, raised with a state of their own (class BH), as the refusal that a
 * person reads. Null for every other error. The message of the error is JSON.
 */
export function refusalOfDatabase(error: unknown, support?: SupportFacts): Refusal | null {
  const { meta, code } = (error ?? {}) as { meta?: { driverAdapterError?: { cause?: Cause }; code?: string; message?: string }; code?: string }
  const cause = meta?.driverAdapterError?.cause ?? (code?.startsWith('BH') ? { originalCode: code, originalMessage: (error as Error).message } : undefined)
  switch (cause?.originalCode) {
    case 'BH001': {
      const limited = JSON.parse(jsonIn(cause.originalMessage)) as Limited
      return new ConflictError((LIMITED[limited.limit] ?? LIMITED.members!)(limited), 'limit_reached', limited)
    }
    case 'BH002': return new ConflictError('An organization needs an owner who can sign in. Make somebody else an owner first.', 'last_owner')
    case 'BH003': return new ForbiddenError('Nobody changes their own role or standing here, and whoever has left comes back by an invitation.', 'oneself')
    case 'BH004': {
      const { domains } = JSON.parse(jsonIn(cause.originalMessage)) as { domains: string[] }
      return new ForbiddenError(`Only people with an address at ${domains.join(', ')} come in here.`, 'domain_not_allowed')
    }
    case 'BH005': {
      const { path } = JSON.parse(jsonIn(cause.originalMessage)) as { path: { number: number; title: string }[] }
      return new ConflictError(`Then these tasks would wait for each other: ${path.map(({ title }) => title).join(' → ')}.`, 'dependency_cycle', { path })
    }
    case 'BH006': {
      const { from, to, allowed } = JSON.parse(jsonIn(cause.originalMessage)) as { from: string; to: string; allowed: string[] }
      return new ConflictError(`A task that is ${from} cannot become ${to}.`, 'transition_not_allowed', { allowed })
    }
    case 'BH007': return new ForbiddenError(`This support session is over. ${NOTHING_STORED}`, 'support_over')
    case 'BH008': return new ConflictError('An installation keeps a super-admin who can sign in. Make somebody else one first.', 'last_super_admin')
    // What only support is refused by the database itself; for everybody else these are bugs.
    case '25006': return support ? new ForbiddenError('This support session may only look.', 'support_read_only') : null
    case '42501': return support ? new ForbiddenError(OUT_OF_REACH, 'support_out_of_reach') : null
    default: return null
  }
}

/** Of what support may not touch, whoever it is. */
export const OUT_OF_REACH = 'This is out of reach of a support session. Ask an owner of the organization to do it.'

type Cause = { originalCode?: string; originalMessage?: string }

const jsonIn = (message = '') => /\{.*\}/.exec(message)?.[0] ?? '{}'
