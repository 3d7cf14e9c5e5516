import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { moveTask } from '@/lib/tasks/transitions'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createGoal, deleteGoal, listGoals, updateGoal } from './goals'
import { createGoalSchema, updateGoalSchema } from './schema'

let organization: TestOrganization, other: TestOrganization
let manager: Member, colleague: Member
let project: { id: string }
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  ;[manager, colleague] = [await organization.add('manager'), await organization.add('member')]
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const make = (by: Member, input: Record<string, unknown> = {}, projectId = project.id) => withTenant(by, (scope) => createGoal(scope, createGoalSchema.parse({ projectId, title: 'Ship it', ...input })))
const shown = async (id: string, by: Member = colleague, projectId = project.id) => (await withTenant(by, (scope) => listGoals(scope, projectId))).find((goal) => goal.id === id)
const edit = (by: Member, id: string, version: number, input: Record<string, unknown> = {}) => withTenant(by, (scope) => updateGoal(scope, updateGoalSchema.parse({ id, version, title: 'Ship it', status: 'active', ...input })))
const remove = (by: Member, id: string) => withTenant(by, (scope) => deleteGoal(scope, id))
const finish = (id: string) => withTenant(colleague, (scope) => moveTask(scope, { id, version: 1, to: 'done', note: '', summary: 'Did it', cancelSubtasks: false }))

describe('createGoal', () => {
  test('a manager sets one, which everybody who sees the project sees', async () => {
    const { id } = await make(manager, { targetOn: '2026-12-31' })
    expect(await shown(id)).toMatchObject({ title: 'Ship it', progress: 0, taskCount: 0, progressMode: 'derived' })
  })

  test.each(['member', 'field', 'viewer'] as const)('a %s may not', async (role) => {
    await expect(make(await organization.add(role))).rejects.toMatchObject({ status: 403 })
  })

  test('a private project and one of another organization are unknown', async () => {
    const hidden = await makeProject(colleague, { visibility: 'private' })
    await expect(make(organization.owner, {}, hidden.id)).rejects.toMatchObject({ status: 404 })
    await expect(make(other.owner)).rejects.toMatchObject({ status: 404 })
    expect(await withTenant(other.owner, (scope) => listGoals(scope, project.id))).toEqual([])
  })

  test.each([[{ title: '' }], [{ title: 'a'.repeat(201) }], [{ progress: '101' }], [{ progress: '1.5' }], [{ targetOn: '2026-02-31' }]])('%j is refused', (input) => {
    expect(createGoalSchema.safeParse({ projectId: project.id, title: 'x', ...input }).success).toBe(false)
  })
})

describe('progress', () => {
  test('derived: floor of done tasks over those not cancelled, parts not counted', async () => {
    const { id } = await make(manager)
    const tasks: { id: string }[] = []
    for (let at = 0; at < 3; at++) tasks.push(await makeTask(colleague, project.id, { goalId: id }))
    const part = await makeTask(colleague, project.id, { parentId: tasks[2]!.id })
    await finish(part.id)
    expect(await shown(id)).toMatchObject({ progress: 0, taskCount: 3 })
    await finish(tasks[0]!.id)
    expect(await shown(id)).toMatchObject({ progress: 33, doneCount: 1 })
    await withTenant(colleague, (scope) => moveTask(scope, { id: tasks[1]!.id, version: 1, to: 'cancelled', note: '', summary: '', cancelSubtasks: false }))
    expect(await shown(id)).toMatchObject({ progress: 50, taskCount: 2 })
  })

  test('entered by hand it is what was entered, and completing below 100 asks first', async () => {
    const { id } = await make(manager, { progressMode: 'manual', progress: 40 })
    expect(await shown(id)).toMatchObject({ progress: 40 })
    const complete = (confirmed: boolean) => edit(manager, id, 1, { status: 'completed', progressMode: 'manual', progress: 40, confirmed: String(confirmed) })
    await expect(complete(false)).rejects.toMatchObject({ status: 409, code: 'confirm_complete', message: expect.stringContaining('40 %') })
    await complete(true)
    expect(await shown(id)).toMatchObject({ status: 'completed' })
  })
})

test('updateGoal: once per version; a member may not; elsewhere it is unknown', async () => {
  const { id } = await make(manager)
  await edit(manager, id, 1, { title: 'Ship it twice' })
  await expect(edit(organization.owner, id, 1)).rejects.toMatchObject({ code: 'changed_elsewhere' })
  await expect(edit(colleague, id, 2)).rejects.toMatchObject({ status: 403 })
  await expect(edit(other.owner, id, 2)).rejects.toMatchObject({ status: 404 })
})

test('deleteGoal: one that tasks lead to stays; a free one goes, once', async () => {
  const { id } = await make(manager)
  const task = await makeTask(colleague, project.id, { goalId: id })
  await expect(remove(manager, id)).rejects.toMatchObject({ code: 'goal_in_use' })
  const free = await make(manager)
  await expect(remove(colleague, free.id)).rejects.toMatchObject({ status: 403 })
  await expect(remove(other.owner, free.id)).rejects.toMatchObject({ status: 404 })
  await remove(manager, free.id)
  await expect(remove(manager, free.id)).rejects.toMatchObject({ status: 404 })
  expect(task.goalId).toBe(id)
})

test('a goal of another project, or of a private one, is refused like none', async () => {
  const owned = await makeProject(organization.owner, { visibility: 'private' })
  const hidden = await make(organization.owner, {}, owned.id)
  for (const goalId of [hidden.id, '018f0000-0000-7000-8000-00000000ffff']) await expect(makeTask(colleague, project.id, { goalId })).rejects.toMatchObject({ status: 422, message: 'Choose a goal of this project.' })
})
