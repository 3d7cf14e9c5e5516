import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError, NotFoundError } from '@/lib/errors'
import { createGoal } from '@/lib/goals/goals'
import { createGoalSchema } from '@/lib/goals/schema'
import { requireEdit } from '@/lib/projects/access'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay, toLookup } from '@/lib/text'
import { type Proposal, propose } from './propose'
import type { AcceptSuggestion, SuggestionKind, SuggestionStatus } from './schema'

const DECIDED_SHOWN_MAX = 10
const KNOWN_MAX = 5000

export type Suggestion = { id: string; kind: SuggestionKind; title: string; description: string; status: SuggestionStatus; rating: number | null }

/** What is proposed for a project, and what was decided last. */
export async function listSuggestions({ tx }: Scope, projectId: string): Promise<{ pending: Suggestion[]; decided: Suggestion[] }> {
  const pending = await tx.suggestion.findMany({ where: { projectId, status: 'pending' }, orderBy: { id: 'asc' }, take: 200 })
  const decided = await tx.suggestion.findMany({ where: { projectId, status: { not: 'pending' } }, orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }], take: DECIDED_SHOWN_MAX })
  return { pending: pending.map(shown), decided: decided.map(shown) }
}

const shown = ({ id, kind, payload, status, rating }: Row): Suggestion => {
  const { title, description } = payload as Proposal
  return { id, kind: kind as SuggestionKind, title, description, status: status as SuggestionStatus, rating }
}
type Row = NonNullable<Awaited<ReturnType<Scope['tx']['suggestion']['findFirst']>>>

/**
 * Proposes goals and tasks from a project's description, none of them twice and none that is there. Answers how many are new.
 * @throws NotFoundError for a project that I do not see · ForbiddenError where I may not change it · ConflictError when it takes nothing new
 */
export async function suggestPlan(scope: Scope, projectId: string): Promise<{ count: number }> {
  authorize(scope, 'tasks:create')
  const { tx, member } = scope
  const project = await tx.project.findFirst({ where: { id: projectId }, include: { container: true } })
  if (!project) throw new NotFoundError()
  await requireEdit(scope, projectId)
  if (project.status !== 'active') throw new ConflictError(`This project is ${project.status} and takes nothing new.`, 'project_closed')
  const tasks = await tx.task.findMany({ where: { projectId, deletedAt: null }, select: { title: true }, orderBy: { id: 'desc' }, take: KNOWN_MAX })
  const goals = await tx.goal.findMany({ where: { projectId }, select: { title: true } })
  const earlier = await tx.suggestion.findMany({ where: { projectId }, select: { payload: true }, orderBy: { id: 'desc' }, take: KNOWN_MAX })
  const proposals = propose(project.description, [...tasks, ...goals, ...earlier.map(({ payload }) => payload as Proposal)].map(({ title }) => title))
  // Of two who ask at once, the second adds nothing.
  const { count } = await tx.suggestion.createMany({ data: proposals.map(({ kind, ...payload }) => ({ projectId, kind, titleLc: toLookup(payload.title), payload, createdBy: member.userId })), skipDuplicates: true })
  if (count > 0) await recordAudit(scope, { action: 'project.suggestions_made', entityKind: 'project', entityId: projectId, containerId: projectId, label: project.container.name, changes: { suggestions: [null, count] } })
  return { count }
}

/** Makes the goal or task that was proposed, in other words where they are given. @throws NotFoundError · ForbiddenError · ConflictError `suggestion_decided` */
export async function acceptSuggestion(scope: Scope, { id, ...wished }: AcceptSuggestion): Promise<{ kind: SuggestionKind; title: string }> {
  const before = await openSuggestion(scope, id)
  const proposed = { ...(before.payload as Proposal), kind: before.kind as SuggestionKind }
  const [kind, title, description] = [wished.kind ?? proposed.kind, wished.title ?? proposed.title, wished.description ?? proposed.description]
  const { projectId } = before
  const isModified = kind !== proposed.kind || title !== proposed.title || description !== proposed.description
  await decide(scope, before, isModified ? 'modified' : 'accepted')
  const { timezone } = scope.member.organization
  const dueOn = proposed.dueInDays ? toDay(new Date(Date.now() + proposed.dueInDays * 86_400_000), timezone) : ''
  if (kind === 'goal') await createGoal(scope, createGoalSchema.parse({ projectId, title, description, targetOn: dueOn }))
  else await createTask(scope, createTaskSchema.parse({ projectId, title, description, dueOn }))
  return { kind, title }
}

/** It is not proposed again. @throws NotFoundError · ForbiddenError · ConflictError `suggestion_decided` */
export async function rejectSuggestion(scope: Scope, id: string): Promise<void> {
  await decide(scope, await openSuggestion(scope, id), 'rejected')
}

/** How good it was, 1 to 5; the last word counts. @throws NotFoundError · ForbiddenError */
export async function rateSuggestion(scope: Scope, { id, rating }: { id: string; rating: number }): Promise<void> {
  const before = await openSuggestion(scope, id)
  await scope.tx.suggestion.updateMany({ where: { id }, data: { rating } })
  await recordAudit(scope, { ...eventOf(before), action: 'suggestion.rated', changes: { rating: [before.rating, rating] } })
}

// Whoever may make what is proposed may decide on it.
async function openSuggestion(scope: Scope, id: string): Promise<Row> {
  authorize(scope, 'tasks:create')
  const found = await scope.tx.suggestion.findFirst({ where: { id } })
  if (!found) throw new NotFoundError()
  if (found.kind === 'goal') authorize(scope, 'goals:manage')
  await requireEdit(scope, found.projectId)
  return found
}

async function decide(scope: Scope, before: Row, status: SuggestionStatus): Promise<void> {
  const { count } = await scope.tx.suggestion.updateMany({ where: { id: before.id, status: 'pending' }, data: { status, decidedBy: scope.member.userId, decidedAt: new Date() } })
  if (count === 0) throw new ConflictError('Somebody has decided on this suggestion already.', 'suggestion_decided')
  await recordAudit(scope, { ...eventOf(before), action: `suggestion.${status}`, changes: { status: ['pending', status] } })
}

const eventOf = ({ id, projectId, payload }: Row) => ({ entityKind: 'suggestion', entityId: id, containerId: projectId, label: (payload as Proposal).title })
