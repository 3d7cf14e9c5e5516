import 'server-only'
import { InvalidError, NotFoundError } from '@/lib/errors'
import { movedTask } from '@/lib/tasks/move-to-project'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toLookup } from '@/lib/text'
import { isUuid } from '@/lib/uuid'
import { noteOpened } from './opened'

type Found = { id: string }
type ProjectRef = Found & { slug: string; key: string; status: string; version: number }

/** A project by id, slug or key; null when there is none that the program's person sees. */
async function lookForProject({ tx }: Scope, ref: string): Promise<ProjectRef | null> {
  const where = isUuid(ref) ? { id: ref } : { OR: [{ slug: ref.toLowerCase() }, { key: ref.toUpperCase() }] }
  return tx.project.findFirst({ where, select: { id: true, slug: true, key: true, status: true, version: true } })
}

/** A task by id or by its number with the project's key (`FERN-12`). */
async function lookForTask(scope: Scope, ref: string): Promise<{ id: string; projectId: string } | null> {
  const { tx } = scope
  const select = { id: true, projectId: true }
  if (isUuid(ref)) return tx.task.findFirst({ where: { id: ref, deletedAt: null }, select })
  const [, key, number] = /^([A-Za-z0-9]{2,6})-(\d{1,9})$/.exec(ref) ?? []
  if (!key) return null
  const project = await tx.project.findFirst({ where: { key: key.toUpperCase() }, select: { id: true } })
  const found = project ? await tx.task.findFirst({ where: { projectId: project.id, number: Number(number), deletedAt: null }, select }) : null
  if (found) return found
  // A number that it had in another project leads to it as before.
  const moved = await movedTask(scope, key.toUpperCase(), Number(number))
  return moved && { id: moved.id, projectId: moved.projectId }
}

/** The same of a task in the trash. @throws NotFoundError */
export async function theTrashedTask({ tx }: Scope, ref: string): Promise<{ id: string; projectId: string }> {
  const [, key = '', number] = /^([A-Za-z0-9]{2,6})-(\d{1,9})$/.exec(ref) ?? []
  const where = isUuid(ref) ? { id: ref } : { project: { key: key.toUpperCase() }, number: Number(number ?? -1) }
  return (await tx.task.findFirst({ where: { ...where, deletedAt: { not: null } }, select: { id: true, projectId: true } })) ?? missing()
}

/** What an operation is about. @throws NotFoundError, the same for what is not there and what is not theirs to see */
export async function theProject(scope: Scope, ref: string): Promise<ProjectRef> {
  const found = (await lookForProject(scope, ref)) ?? missing()
  noteOpened(scope, 'project', found.id)
  return found
}
export async function theTask(scope: Scope, ref: string): Promise<{ id: string; projectId: string }> {
  const found = (await lookForTask(scope, ref)) ?? missing()
  noteOpened(scope, 'task', found.id)
  return found
}

/** What a field names. @throws InvalidError 422 `not_found`, the same for what is not there and what is not theirs to see */
export async function projectNamed(scope: Scope, ref: string | undefined, field = 'project'): Promise<ProjectRef | undefined> {
  return ref === undefined ? undefined : ((await lookForProject(scope, ref)) ?? unnamed(field, 'project'))
}
export async function taskNamed(scope: Scope, ref: string | undefined, field: string): Promise<{ id: string; projectId: string } | undefined> {
  return ref === undefined ? undefined : ((await lookForTask(scope, ref)) ?? unnamed(field, 'task'))
}

/** Members by id, `me`, or the name that only one of them has. */
export async function peopleNamed({ tx, member }: Scope, refs: string[], field: string): Promise<string[]> {
  const wanted = [...new Set(refs.map((ref) => (ref === 'me' ? member.userId : ref)))]
  if (wanted.length === 0) return []
  const members = await tx.membership.findMany({ where: { status: 'active', OR: [{ userId: { in: wanted.filter(isUuid) } }, { displayName: { in: wanted } }] }, select: { userId: true, displayName: true } })
  return wanted.map((ref) => {
    const found = members.filter(({ userId, displayName }) => userId === ref || displayName === ref)
    return found.length === 1 ? found[0]!.userId : unnamed(field, 'member')
  })
}

/** Labels by id or name: one's own before the shared one of the same name. */
export async function labelsNamed({ tx }: Scope, refs: string[], field = 'labels'): Promise<string[]> {
  if (refs.length === 0) return []
  const labels = await tx.label.findMany({ where: { OR: [{ id: { in: refs.filter(isUuid) } }, { nameLc: { in: refs.map(toLookup) } }] }, select: { id: true, nameLc: true, ownerUserId: true }, orderBy: { ownerUserId: { sort: 'asc', nulls: 'last' } } })
  return refs.map((ref) => labels.find(({ id, nameLc }) => id === ref || nameLc === toLookup(ref))?.id ?? unnamed(field, 'label'))
}

export function missing(): never {
  throw new NotFoundError()
}
function unnamed(field: string, what: string): never {
  const sentence = `There is no such ${what}, or it is not yours to see.`
  throw new InvalidError(sentence, { [field]: [sentence] }, 'not_found')
}
