import 'server-only'
import { afterwards } from '@/lib/actions/afterwards'
import { Refusal } from '@/lib/errors'
import { keepOpened, keepsReads, noteRefused, type Opened, type Refused } from '@/lib/reads/reads'
import type { Member } from '@/lib/tenancy/member'
import { type KeyFacts, type RequestFacts, type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import type { Operation } from './operation'

type Acting = { member: Member; request?: RequestFacts; key?: KeyFacts }

/** Performs an operation in a transaction of its own. What a key reads is kept in the history, and what is read or refused of a project that keeps a record of reading. */
export async function performFor({ member, request, key }: Acting, operation: Operation, input: Record<string, unknown>): Promise<unknown> {
  try {
    const { answer, opened } = await withTenant(member, async (scope) => {
      const answer = await operation.perform(scope, input)
      return { answer, opened: operation.isWrite ? null : await openedBy(scope, operation.name, answer) }
    }, { readOnly: !operation.isWrite, request, key })
    if (opened) await keepOpened(member, opened, { request, key })
    return answer
  } catch (error) {
    const refused = error instanceof Refusal && (error.status === 403 || error.status === 404) ? refusedBy(input) : null
    if (refused) afterwards(() => noteRefused(member, refused, operation.isWrite ? 'change' : 'open'))
    throw error
  }
}

type Named = { id: string; title?: string; name?: string; project?: { id: string }; project_id?: string | null }

/** The record that an answer is about; for a key without one, which operation it was used for. */
async function openedBy(scope: Scope, operation: string, answer: unknown): Promise<Opened | null> {
  const { task, project, idea } = (answer ?? {}) as Partial<Record<'task' | 'project' | 'idea', Named | null>>
  const [entityKind, found] = task ? ['task', task] : project ? ['project', project] : ['idea', idea]
  const containerId = found && (entityKind === 'project' ? found.id : (found.project?.id ?? found.project_id ?? null))
  if (found && (scope.key || (containerId && (await keepsReads(scope, containerId))))) return { entityKind, entityId: found.id, containerId: containerId ?? null, label: found.title ?? found.name ?? '' }
  return scope.key ? { entityKind: 'api_key', entityId: scope.key.id, containerId: null, label: operation } : null
}

function refusedBy({ task, project }: Record<string, unknown>): Refused | null {
  const [ref, isTask] = typeof task === 'string' ? [task, true] : [project, false]
  if (typeof ref !== 'string') return null
  if (isUuid(ref)) return { record: ref }
  const [, key, number] = /^([A-Za-z0-9]{2,6})-(\d{1,9})$/.exec(ref) ?? []
  if (isTask) return key ? { project: key.toUpperCase(), number: Number(number) } : null
  return { project: ref.slice(0, 80), number: null }
}
