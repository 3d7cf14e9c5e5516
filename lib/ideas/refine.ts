import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { InvalidError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { changeIdea, closed, editableIdea, eventOf, indexIdea } from './ideas'
import { QUESTIONS, type Refine } from './schema'
import { judge, scoreOf, type Title, VALID_FROM } from './score'

const TITLES_MAX = 5000

export type Answer = { id: string; question: number; body: string; authorUserId: string; at: Date }

/** What was answered to the questions, in order. */
export function listAnswers({ tx }: Scope, ideaId: string): Promise<Answer[]> {
  return tx.ideaAnswer.findMany({ where: { ideaId }, orderBy: [{ id: 'asc' }], take: 400, select: { id: true, question: true, body: true, authorUserId: true, at: true } })
}

/** The last answer to each question, '' where there is none. */
export const lastAnswers = (answers: Answer[]) => QUESTIONS.map((_, at) => answers.findLast(({ question }) => question === at + 1)?.body ?? '')

/** Lets colleagues see a draft and answer for it; a rejected one is taken up again. @throws ConflictError when it is neither */
export async function openIdea(scope: Scope, { id, version }: { id: string; version: number }): Promise<void> {
  const before = await editableIdea(scope, id)
  if (before.status !== 'draft' && before.status !== 'rejected') throw closed(before)
  await changeIdea(scope, before, version, { status: 'refining', ownerUserId: null })
  await indexIdea(scope, before)
  await recordAudit(scope, { ...eventOf({ ...before, ownerUserId: null }), action: 'idea.opened', changes: { status: [before.status, 'refining'] } })
}

/** Keeps the answers, judges the idea by them, and says why: validated from 600, else not yet. @throws ConflictError when it is not being refined · InvalidError while a question has no answer */
export async function refineIdea(scope: Scope, { id, version, ...given }: Refine): Promise<{ scorePm: number; status: string }> {
  const { tx, member } = scope
  const before = await editableIdea(scope, id)
  if (before.status !== 'refining') throw closed(before)
  const earlier = lastAnswers(await listAnswers(scope, id))
  const answers = [given.answer1, given.answer2, given.answer3, given.answer4].map((text, at) => text || earlier[at]!)
  const missing = answers.flatMap((text, at) => (text ? [] : [[`answer${at + 1}`, ['This question is open.']] as [string, string[]]]))
  if (missing.length) throw new InvalidError('Answer all four questions.', Object.fromEntries(missing))
  const fresh = answers.flatMap((body, at) => (body === earlier[at] ? [] : [{ ideaId: id, containerId: before.containerId, question: at + 1, body, authorUserId: member.userId }]))
  if (fresh.length) await tx.ideaAnswer.createMany({ data: fresh })
  const checks = judge({ title: before.title, body: before.body, answers, titles: await titlesSeen(scope, id) })
  const scorePm = scoreOf(checks)
  const status = scorePm >= VALID_FROM ? 'validated' : 'rejected'
  await changeIdea(scope, before, version, { status, scorePm, reasons: checks })
  await recordAudit(scope, { ...eventOf(before), action: `idea.${status}`, changes: { status: ['refining', status], score: [before.scorePm, scorePm] } })
  return { scorePm, status }
}

// Others read the reason as well: a task of another project counts, where the project is everybody's, and is not named.
async function titlesSeen({ tx, member }: Scope, id: string): Promise<Title[]> {
  const { containerId } = await tx.idea.findFirstOrThrow({ where: { id } })
  const ideas = await tx.idea.findMany({ where: { id: { not: id }, ownerUserId: null, status: { not: 'archived' }, OR: [{ containerId: null }, { containerId }] }, select: { title: true }, orderBy: { id: 'desc' }, take: TITLES_MAX })
  const tasks = await tx.$queryRaw<{ title: string; isOwn: boolean }[]>`
    SELECT t.title, coalesce(t.project_id = ${containerId}::uuid, false) AS "isOwn" FROM tasks t JOIN containers c ON c.tenant_id = ${member.tenantId}::uuid AND c.id = t.project_id
     WHERE t.tenant_id = ${member.tenantId}::uuid AND t.deleted_at IS NULL AND (c.visibility = 'organization' OR t.project_id = ${containerId}::uuid) ORDER BY t.updated_at DESC, t.id LIMIT ${TITLES_MAX}`
  return [...ideas.map(({ title }) => ({ title, isNamed: true })), ...tasks.map(({ title, isOwn }) => ({ title, isNamed: isOwn }))]
}
