import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { changeProjectStatus, createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { acceptSuggestionSchema, rateSuggestionSchema } from './schema'
import { acceptSuggestion, listSuggestions, rateSuggestion, rejectSuggestion, suggestPlan } from './suggestions'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, manager: Member, field: Member, viewer: Member
beforeAll(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[colleague, manager, field, viewer] = [await organization.add('member'), await organization.add('manager'), await organization.add('field'), await organization.add('viewer')]
})
afterAll(closeConnections)

const open = (input: Record<string, unknown> = {}, by: Member = organization.owner) => withTenant(by, (scope) => createProject(scope, createProjectSchema.parse({ name: 'Shop', description: '- Order shelves\n- A hundred guests a day', ...input })))
const suggest = (by: Member, projectId: string) => withTenant(by, (scope) => suggestPlan(scope, projectId))
const list = (by: Member, projectId: string) => withTenant(by, (scope) => listSuggestions(scope, projectId))
const accept = (by: Member, id: string, input: Record<string, unknown> = {}) => withTenant(by, (scope) => acceptSuggestion(scope, acceptSuggestionSchema.parse({ id, ...input })))
const reject = (by: Member, id: string) => withTenant(by, (scope) => rejectSuggestion(scope, id))
const rate = (by: Member, id: string, rating: unknown) => withTenant(by, (scope) => rateSuggestion(scope, rateSuggestionSchema.parse({ id, rating })))
const ready = async (input: Record<string, unknown> = {}, by?: Member) => {
  const { id } = await open(input, by)
  await suggest(by ?? colleague, id)
  const { pending } = await list(by ?? colleague, id)
  return { projectId: id, task: pending[0]!.id, goal: pending[1]!.id, review: pending[4]!.id }
}

describe('suggestPlan', () => {
  test('a member asks, and everybody who sees the project reads what is proposed', async () => {
    const { id } = await open()
    expect(await suggest(colleague, id)).toEqual({ count: 5 })
    expect((await list(viewer, id)).pending.map(({ kind, title }) => `${kind}: ${title}`)).toEqual(['task: Order shelves', 'goal: A hundred guests a day', 'task: Define done', 'task: Assign owner', 'task: Review after two weeks'])
  })

  test('asked again, or twice at once, nothing is proposed twice', async () => {
    const { id } = await open()
    const answers = await Promise.all([suggest(colleague, id), suggest(manager, id)])
    expect(answers.map(({ count }) => count).sort()).toEqual([0, 5])
    expect(await suggest(colleague, id)).toEqual({ count: 0 })
  })

  test('nobody who makes no tasks, not where one only looks, not of a private project or elsewhere, not once it is closed', async () => {
    const { id } = await open()
    for (const person of [field, viewer]) await expect(suggest(person, id)).rejects.toMatchObject({ status: 403 })
    await expect(suggest(other.owner, id)).rejects.toMatchObject({ status: 404 })
    const seen = await open({ defaultAccess: 'view' })
    await expect(suggest(colleague, seen.id)).rejects.toMatchObject({ status: 403 })
    const hidden = await ready({ visibility: 'private' }, colleague)
    await expect(suggest(organization.owner, hidden.projectId)).rejects.toMatchObject({ status: 404 })
    expect(await list(organization.owner, hidden.projectId)).toEqual({ pending: [], decided: [] })
    await withTenant(organization.owner, (scope) => changeProjectStatus(scope, { id, version: 1, status: 'paused' }))
    await expect(suggest(colleague, id)).rejects.toMatchObject({ code: 'project_closed' })
  })
})

describe('acceptSuggestion', () => {
  test('makes the task or the goal, as it is or in other words, and a day from now', async () => {
    const { projectId, task, goal, review } = await ready()
    expect(await accept(colleague, task)).toEqual({ kind: 'task', title: 'Order shelves' })
    expect(await accept(manager, goal, { title: 'Two hundred guests', description: 'A day' })).toEqual({ kind: 'goal', title: 'Two hundred guests' })
    await accept(colleague, review)
    const { tasks, goals } = await withTenant(viewer, async ({ tx }) => ({ tasks: await tx.task.findMany({ where: { projectId }, orderBy: { number: 'asc' } }), goals: await tx.goal.findMany({ where: { projectId } }) }))
    expect(tasks).toMatchObject([{ title: 'Order shelves', dueOn: null }, { title: 'Review after two weeks', dueOn: expect.any(Date) }])
    expect(goals).toMatchObject([{ title: 'Two hundred guests', description: 'A day' }])
    expect((await list(viewer, projectId)).decided.map(({ status }) => status).sort()).toEqual(['accepted', 'accepted', 'modified'])
  })

  test('once only, also of two at once; a rejected one stays rejected', async () => {
    const { projectId, task, review } = await ready()
    const both = await Promise.allSettled([accept(colleague, task), accept(manager, task)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await withTenant(viewer, ({ tx }) => tx.task.count({ where: { projectId } }))).toBe(1)
    await reject(colleague, review)
    await expect(accept(colleague, review)).rejects.toMatchObject({ code: 'suggestion_decided' })
    await expect(reject(colleague, review)).rejects.toMatchObject({ code: 'suggestion_decided' })
    expect(await suggest(colleague, projectId)).toEqual({ count: 0 })
  })

  test('a member makes and decides no goals; a viewer, the field and others nothing; and then nothing is decided', async () => {
    const { projectId, task, goal } = await ready()
    await expect(accept(colleague, goal)).rejects.toMatchObject({ status: 403 })
    await expect(accept(colleague, task, { kind: 'goal' })).rejects.toMatchObject({ status: 403 })
    await expect(reject(colleague, goal)).rejects.toMatchObject({ status: 403 })
    for (const person of [viewer, field]) {
      await expect(accept(person, task)).rejects.toMatchObject({ status: 403 })
      await expect(reject(person, task)).rejects.toMatchObject({ status: 403 })
      await expect(rate(person, task, 3)).rejects.toMatchObject({ status: 403 })
    }
    for (const act of [accept, reject]) await expect(act(other.owner, task)).rejects.toMatchObject({ status: 404 })
    const hidden = await ready({ visibility: 'private' }, colleague)
    await expect(accept(organization.owner, hidden.task)).rejects.toMatchObject({ status: 404 })
    expect((await list(viewer, projectId)).decided).toEqual([])
  })
})

describe('rateSuggestion', () => {
  test('1 to 5, and the last word counts', async () => {
    const { projectId, task } = await ready()
    await rate(colleague, task, '4')
    await rate(manager, task, '2')
    expect((await list(viewer, projectId)).pending[0]).toMatchObject({ rating: 2 })
    await expect(rate(other.owner, task, 3)).rejects.toMatchObject({ status: 404 })
  })

  test.each([0, 6, 2.5, 'good', ''])('%j is refused', (rating) => expect(rateSuggestionSchema.safeParse({ id: organization.owner.userId, rating }).success).toBe(false))
})
