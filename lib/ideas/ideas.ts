import 'server-only'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize, can } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { accessTo } from '@/lib/projects/access'
import { indexRecord, removeFromIndex } from '@/lib/search/search'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { CreateIdea, IdeaStatus, UpdateIdea } from './schema'
import type { Check } from './score'

const SHOWN_MAX = 200

type Row = NonNullable<Awaited<ReturnType<Scope['tx']['idea']['findFirst']>>>
export type Idea = Row & { checks: Check[]; projectName: string | null; mayEdit: boolean }

/** The ideas that I see, my own drafts among them, the newest first. */
/** Ideas that I see, the newest first; `after` is the id of the last one seen. */
export async function listIdeas({ tx }: Scope, { status, after, take = SHOWN_MAX }: { status?: IdeaStatus; after?: string; take?: number } = {}) {
  const rows = await tx.idea.findMany({ where: { status: status ?? { not: 'archived' }, ...(after && { id: { lt: after } }) }, orderBy: { id: 'desc' }, take, include: { project: { include: { container: true } }, author: true } })
  return rows.map(({ id, title, status, scorePm, createdAt, author, project }) => ({ id, title, status: status as IdeaStatus, scorePm, createdAt, authorName: author.displayName, projectName: project?.container.name ?? null }))
}

/** @throws NotFoundError, also for somebody else's draft */
export async function getIdea(scope: Scope, id: string): Promise<Idea> {
  const found = await scope.tx.idea.findFirst({ where: { id }, include: { project: { include: { container: true } } } })
  if (!found) throw new NotFoundError()
  const { project, ...idea } = found
  return { ...idea, checks: idea.reasons as Check[], projectName: project?.container.name ?? null, mayEdit: await mayEdit(scope, idea) }
}

/** A draft, which only its author sees. @throws InvalidError for a project that I do not see */
export async function createIdea(scope: Scope, { projectId, title, body }: CreateIdea): Promise<{ id: string }> {
  authorize(scope, 'ideas:create')
  const { tx, member } = scope
  if (projectId && !(await tx.project.findFirst({ where: { id: projectId } }))) throw new InvalidError('Choose a project of the list.', { projectId: ['Choose a project of the list.'] })
  if (!projectId && scope.key?.containerId) throw new ForbiddenError('This API key was given for one project.')
  const id = uuidv7()
  await tx.idea.createMany({ data: [{ id, containerId: projectId, ownerUserId: member.userId, authorUserId: member.userId, title, body, createdBy: member.userId }] })
  await recordAudit(scope, { action: 'idea.created', entityKind: 'idea', entityId: id, containerId: projectId, ownerUserId: member.userId, label: title })
  return { id }
}

/** @throws NotFoundError · ForbiddenError · ConflictError once it is converted or archived · ChangedElsewhereError */
export async function updateIdea(scope: Scope, { id, version, ...input }: UpdateIdea): Promise<void> {
  const before = await editableIdea(scope, id)
  if (before.status === 'converted' || before.status === 'archived') throw closed(before)
  await changeIdea(scope, before, version, input)
  if (before.status !== 'draft') await indexIdea(scope, { ...before, ...input })
  await recordAudit(scope, { ...eventOf(before), action: 'idea.updated', label: input.title, changes: changesBetween(before, input) })
}

/** Puts an idea away: from any state but converted. A draft that is put away stays its author's alone. */
export async function archiveIdea(scope: Scope, { id, version }: { id: string; version: number }): Promise<void> {
  const before = await editableIdea(scope, id)
  if (before.status === 'converted' || before.status === 'archived') throw closed(before)
  await removeFromIndex(scope, 'idea', [id])
  await changeIdea(scope, before, version, { status: 'archived' })
  await recordAudit(scope, { ...eventOf(before), action: 'idea.archived', changes: { status: [before.status, 'archived'] } })
}

/** @throws ChangedElsewhereError when `version` is not the stored one */
export async function changeIdea({ tx }: Scope, before: Row, version: number, data: Parameters<Scope['tx']['idea']['updateMany']>[0]['data']): Promise<void> {
  const { count } = await tx.idea.updateMany({ where: { id: before.id, version }, data: { ...data, version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError({ title: before.title, body: before.body, status: before.status, version: before.version })
}

/** @throws NotFoundError · ForbiddenError for those who only see it */
export async function editableIdea(scope: Scope, id: string): Promise<Row> {
  authorize(scope, 'ideas:create')
  const idea = await scope.tx.idea.findFirst({ where: { id } })
  if (!idea) throw new NotFoundError()
  await requireIdeaEdit(scope, idea)
  return idea
}

/** @throws ForbiddenError for those who only see it */
export async function requireIdeaEdit(scope: Scope, idea: Row): Promise<void> {
  if (!(await mayEdit(scope, idea))) throw new ForbiddenError('You can see this idea but not change it. Its author can, and whoever may change its project.')
}

// Its author; besides them whoever may change its project, or without one leads work.
async function mayEdit(scope: Scope, { authorUserId, containerId }: Row): Promise<boolean> {
  const { userId, role } = scope.member
  if (!can(role, 'ideas:create')) return false
  if (authorUserId === userId) return true
  return containerId ? can(role, 'ideas:convert') && (await accessTo(scope, containerId)).canEdit : can(role, 'goals:manage')
}

export const indexIdea = (scope: Scope, { id, title, body, containerId }: Pick<Row, 'id' | 'title' | 'body' | 'containerId'>) => indexRecord(scope, { entityKind: 'idea', entityId: id, title, body, containerId })
export const eventOf = ({ id, title, containerId, ownerUserId }: Row) => ({ entityKind: 'idea', entityId: id, containerId, ownerUserId, label: title })
export const closed = ({ status }: { status: string }) => new ConflictError(`This idea is ${status} already.`, 'idea_closed')
