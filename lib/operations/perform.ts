import 'server-only'
import { afterwards } from '@/lib/actions/afterwards'
import { Refusal } from '@/lib/errors'
import { keepOpened, noteRefused, type Refused } from '@/lib/reads/reads'
import type { Member } from '@/lib/tenancy/member'
import { type KeyFacts, type RequestFacts, withTenant } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import { openedIn } from './opened'
import type { Operation } from './operation'

type Acting = { member: Member; request?: RequestFacts; key?: KeyFacts }

/** Performs an operation in a transaction of its own. What a key reads is kept in the history, and what is read or refused of a project that keeps a record of reading. */
export async function performFor({ member, request, key }: Acting, operation: Operation, input: Record<string, unknown>): Promise<unknown> {
  try {
    const { answer, opened } = await withTenant(member, async (scope) => {
      const answer = await operation.perform(scope, input)
      return { answer, opened: operation.isWrite ? [] : await openedIn(scope, operation.name) }
    }, { readOnly: !operation.isWrite, request, key })
    for (const one of opened) await keepOpened(member, one, { request, key })
    return answer
  } catch (error) {
    const refused = error instanceof Refusal && (error.status === 403 || error.status === 404) ? refusedBy(input) : null
    if (refused) afterwards(() => noteRefused(member, refused, operation.isWrite ? 'change' : 'open'))
    throw error
  }
}

// What an input is about, the narrowest first.
const NAMES = ['task', 'idea', 'workstream', 'goal', 'suggestion', 'delegation', 'id', 'project']

function refusedBy(input: Record<string, unknown>): Refused | null {
  const { from } = input
  const given: Record<string, unknown> = typeof from === 'object' && from !== null ? { ...input, ...from } : input
  const name = NAMES.find((one) => typeof given[one] === 'string')
  const ref = name && (given[name] as string)
  if (!ref) return null
  if (isUuid(ref)) return { record: ref }
  const [, key, number] = /^([A-Za-z0-9]{2,6})-(\d{1,9})$/.exec(ref) ?? []
  if (name === 'task' || (name === 'id' && given.level !== 'project')) return key ? { project: key.toUpperCase(), number: Number(number) } : null
  return name === 'project' || name === 'id' ? { project: ref.slice(0, 80), number: null } : null
}
