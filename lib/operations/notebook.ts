import 'server-only'
import { z } from 'zod'
import { InvalidError } from '@/lib/errors'
import { pageOf } from '@/lib/keyset'
import { decideDelegation, delegationCursor, listDelegations, wishUpwards } from '@/lib/notebook/delegations'
import { mergeInto, placeToWrite, writeEntry } from '@/lib/notebook/entries'
import type { Json, JsonObject } from '@/lib/notebook/merge'
import { placesTo } from '@/lib/notebook/places'
import { resolveNotebook } from '@/lib/notebook/resolve'
import { data as dataSchema, decideSchema, LEVELS, type PlaceInput, section as sectionSchema, writeEntrySchema } from '@/lib/notebook/schema'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import { noteOpened } from './opened'
import { operation, parseFor } from './operation'
import { flag, page, ref, text, whole } from './inputs'
import { missing, theProject, theTask } from './refs'
import { Free } from './wire'

const level = z.enum(LEVELS).describe('organization, project, workstream or task')
const id = ref('Of the project, workstream or task; a task also by key').optional()
const section = text('The section, 1 to 60 characters').optional()
const data = z.union([z.record(z.string(), z.unknown()), z.string()]).describe('An object of at most 64 KB')

async function placeOf(scope: Scope, input: { level: (typeof LEVELS)[number]; id?: string }): Promise<PlaceInput> {
  if (input.level === 'organization') return { level: 'organization', placeId: '' }
  if (!input.id) throw new InvalidError('id: Say of which one.', { id: ['Say of which one.'] })
  const placeId = input.level === 'project' ? (await theProject(scope, input.id)).id : input.level === 'task' ? (await theTask(scope, input.id)).id : await theWorkstream(scope, input.id)
  return { level: input.level, placeId }
}

/** What is read of a workstream is read of its project. */
async function theWorkstream(scope: Scope, id: string): Promise<string> {
  const found = isUuid(id) ? await scope.tx.workstream.findFirst({ where: { id } }) : null
  if (!found) return missing()
  noteOpened(scope, 'project', found.projectId)
  return id
}

/** What the notebook of a place says together with what comes down to it, each value with the level it comes from. */
export async function resolvedFor(scope: Scope, place: PlaceInput, only?: string) {
  const { places, sections } = await resolveNotebook(scope, place)
  return sections.filter((one) => only === undefined || one.section === only).map((one) => ({
    section: one.section, data: new Free(one.data), sources: one.values.map(({ path, at }) => ({ path: new Free(path), level: places[at]!.level, id: places[at]!.id, name: places[at]!.label })),
  }))
}

async function ownEntries(scope: Scope, place: PlaceInput, only?: string) {
  const { own } = await resolveNotebook(scope, place)
  return own.filter((one) => only === undefined || one.section === only).map((one) => ({ ...one, data: new Free(one.data) }))
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value)
  } catch {
    // Thousands of levels are more than can be written.
    throw new InvalidError('data: This lies too deep.', { data: ['This lies too deep.'] })
  }
}
const free = (one: { data: JsonObject }) => ({ ...one, data: new Free(one.data) })

export const notebookOperations = [
  operation({
    name: 'get_context', title: 'Get notebook entries', description: 'What is written on one level itself.', permission: 'contexts:read', input: z.strictObject({ level, id, section }),
    run: async (scope, input) => ({ entries: await ownEntries(scope, await placeOf(scope, input), input.section) }),
  }),
  operation({
    name: 'resolve_context', title: 'Resolve the notebook', description: 'What holds at a place: its own entries over those of the levels above, and where each value comes from.', permission: 'contexts:read', input: z.strictObject({ level, id, section }),
    run: async (scope, input) => ({ sections: await resolvedFor(scope, await placeOf(scope, input), input.section) }),
  }),
  operation({
    name: 'set_context', title: 'Write in the notebook', description: 'Writes a section of one level; what it said before stays as a version.', permission: 'contexts:update', isWrite: true,
    input: z.strictObject({
      level, id, section: text('The section, 1 to 60 characters'), data, inherits: flag('Whether the levels above show through; left out, it stays as it is').optional(),
      version: whole('Of the section as you read it; 0 or nothing for a new one').optional(),
    }),
    run: async (scope, input) => {
      const place = await placeOf(scope, input)
      const [stored] = input.inherits === undefined ? await ownEntries(scope, place, input.section.trim()) : []
      await writeEntry(scope, parseFor(writeEntrySchema, { ...place, section: input.section, data: asText(input.data), inherits: String(input.inherits ?? stored?.inherits ?? true), version: input.version ?? 0 }))
      return { entry: (await ownEntries(scope, place, input.section.trim()))[0] }
    },
  }),
  operation({
    name: 'add_insight', title: 'Add an insight', description: 'Appends what was learned to the section `insights` of a task, with time and author.',
    permission: 'contexts:update', isWrite: true, input: z.strictObject({ task: ref('The task: id or key'), text: text('What was learned, 1 to 4,000 characters') }),
    run: async (scope, input) => {
      const said = parseFor(z.object({ text: z.string().trim().min(1, 'Write what was learned.').max(4000, 'At most 4,000 characters.').refine((one) => !one.includes('\0') && one.isWellFormed(), 'This text has characters that cannot be stored.') }), { text: input.text }).text
      const place = { level: 'task' as const, placeId: (await theTask(scope, input.task)).id }
      const line = { text: said, at: new Date().toISOString(), author: scope.member.displayName, ...(scope.key && { key: scope.key.prefix }) }
      await mergeInto(scope, await placeToWrite(scope, place), 'insights', (under) => ({ ...under, insights: [...(Array.isArray(under.insights) ? under.insights : []), line] as Json[] }), 'edited')
      return { entry: (await ownEntries(scope, place, 'insights'))[0] }
    },
  }),
  operation({
    name: 'delegate_context', title: 'Pass a piece upwards', description: 'Wishes a piece of the notebook a level up; somebody who manages it there decides.', permission: 'contexts:delegate', isWrite: true,
    input: z.strictObject({ from: z.strictObject({ level, id }), to: level, section: text('The section'), data, reason: text('Why it is of use there') }),
    run: async (scope, input) => {
      const from = (await placesTo(scope, await placeOf(scope, input.from))).at(-1)!
      const read = parseFor(z.object({ section: sectionSchema, data: dataSchema }), { section: input.section, data: asText(input.data) })
      const wish = await wishUpwards(scope, { from, toLevel: input.to, ...read, reason: parseFor(z.object({ reason: z.string().trim().min(1, 'Say why it is of use there.').max(1000, 'At most 1,000 characters.') }), { reason: input.reason }).reason })
      return { delegation: (await listDelegations(scope, from.containerId)).filter(({ id }) => id === wish.id).map(free)[0] }
    },
  }),
  operation({
    name: 'list_delegations', title: 'List delegations', description: 'What was wished upwards from a project, or to the organization: waiting first, a page at a time.', permission: 'contexts:read', input: z.strictObject({
      project: ref('The project: id, slug or key; without it what is wished for the organization').optional(), ...page,
    }),
    run: async (scope, { project, limit, cursor }) => {
      const { rows, next } = pageOf(await listDelegations(scope, project ? (await theProject(scope, project)).id : null, { after: cursor, take: limit + 1 }), limit, delegationCursor)
      return { delegations: rows.map(free), nextCursor: next }
    },
  }),
  operation({
    name: 'decide_delegation', title: 'Decide a delegation', description: 'Approves a piece, which joins it into the section above, or rejects it with a reason.', permission: 'contexts:approve', isWrite: true,
    input: z.strictObject({ delegation: ref('Its id'), decision: z.enum(['approved', 'rejected']), note: text('The reason; needed to reject').optional() }),
    run: async (scope, { delegation, decision, note }) => {
      await decideDelegation(scope, parseFor(decideSchema, { id: isUuid(delegation) ? delegation : missing(), decision, note: note ?? '' }))
      return { delegation: { id: delegation, status: decision } }
    },
  }),
]
