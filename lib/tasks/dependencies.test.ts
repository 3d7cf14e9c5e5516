import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { readHealth } from '@/lib/projects/health'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { bulkEditTasks } from './bulk'
import { addDependency, listDependencies, readDependencies, removeDependency } from './dependencies'
import { bulkEditSchema } from './schema'
import { listTasks, taskFilterSchema } from './task-list'
import { deleteTasks } from './tasks'
import { moveTask } from './transitions'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, viewer: Member
let project: { id: string }
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  ;[colleague, viewer] = [await organization.add('member'), await organization.add('viewer')]
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

type Made = { id: string; projectId: string; title: string }
const tasks = async (...titles: string[]): Promise<Made[]> => {
  const made: Made[] = []
  for (const title of titles) made.push(await makeTask(colleague, project.id, { title }))
  return made
}
const wait = (by: Member, task: { id: string }, on: { id: string }) => withTenant(by, (scope) => addDependency(scope, { taskId: task.id, dependsOnId: on.id }))
const of = (task: Made, by: Member = colleague) => withTenant(by, (scope) => listDependencies(scope, task))
const move = (task: { id: string }, to: 'in_progress' | 'done' | 'cancelled' | 'archived' | 'todo', by: Member = colleague) =>
  withTenant(by, async (scope) => moveTask(scope, { id: task.id, version: (await scope.tx.task.findFirstOrThrow({ where: { id: task.id } })).version, to, note: '', summary: 'Did it', cancelSubtasks: false }))

test('of very many that wait for one task a page shows a hundred, and says how many there are', async () => {
  const [one] = await tasks('Foundation')
  await withTenant(colleague, async ({ tx }) => {
    const waiting = Array.from({ length: 103 }, (_, at) => ({ id: uuidv7(), number: 5_000 + at }))
    await tx.task.createMany({ data: waiting.map(({ id, number }) => ({ id, number, projectId: project.id, title: `Wall ${number}`, status: 'todo', priority: 'medium', priorityRank: 2, createdBy: colleague.userId })) })
    await tx.taskDependency.createMany({ data: waiting.map(({ id }) => ({ taskId: id, dependsOnId: one!.id, projectId: project.id, createdBy: colleague.userId })) })
  })
  const { dependents, dependentCount } = await withTenant(viewer, (scope) => readDependencies(scope, one!))
  expect([dependents.length, dependentCount]).toEqual([100, 103])
})

describe('addDependency', () => {
  test('is read from both ends, by everybody who sees the project', async () => {
    const [a, b] = await tasks('A', 'B')
    await wait(colleague, a!, b!)
    expect((await of(a!, viewer)).dependsOn).toMatchObject([{ id: b!.id, title: 'B' }])
    expect((await of(b!, viewer)).dependents).toMatchObject([{ id: a!.id, title: 'A' }])
  })

  test('a viewer may not; twice is said; itself, another project and what nobody sees are refused alike', async () => {
    const [a, b] = await tasks('A', 'B')
    await expect(wait(viewer, a!, b!)).rejects.toMatchObject({ status: 403 })
    await wait(colleague, a!, b!)
    await expect(wait(colleague, a!, b!)).rejects.toMatchObject({ status: 409 })
    await expect(wait(colleague, a!, a!)).rejects.toMatchObject({ status: 422 })
    const elsewhere = await makeTask(colleague, (await makeProject(colleague)).id)
    const hidden = await makeTask(colleague, (await makeProject(colleague, { visibility: 'private' })).id)
    const answers = []
    for (const id of [elsewhere.id, hidden.id, '018f0000-0000-7000-8000-00000000ffff']) answers.push(await wait(organization.owner, a!, { id }).catch((error: { status: number; message: string }) => [error.status, error.message]))
    expect(new Set(answers.map(String)).size).toBe(1)
    await expect(wait(other.owner, a!, b!)).rejects.toMatchObject({ status: 404 })
  })

  test('a task and its subtask do not wait for each other, which would end neither', async () => {
    const [whole] = await tasks('Whole')
    const part = await makeTask(colleague, project.id, { parentId: whole!.id })
    for (const [a, b] of [[whole!, part], [part, whole!]] as const) await expect(wait(colleague, a, b)).rejects.toMatchObject({ status: 422 })
  })

  test('a cycle of any length is refused with the way round', async () => {
    const [a, b, c] = await tasks('A', 'B', 'C')
    await wait(colleague, a!, b!)
    await wait(colleague, b!, c!)
    await expect(wait(colleague, c!, a!)).rejects.toMatchObject({ status: 409, code: 'dependency_cycle', message: 'Then these tasks would wait for each other: C → A → B → C.' })
    await expect(wait(colleague, b!, a!)).rejects.toMatchObject({ code: 'dependency_cycle' })
    expect((await of(c!)).dependsOn).toEqual([])
  })

  test('where every two tasks wait for the two before them, sixteen million ways are one walk', async () => {
    const all = await tasks(...Array.from({ length: 48 }, (_, at) => `Step ${Math.floor(at / 2)}`))
    const stepOf = (at: number) => Math.floor(at / 2)
    const began = performance.now()
    for (const [at, one] of all.entries()) for (const before of all.filter((_, other) => stepOf(other) === stepOf(at) - 1)) await wait(colleague, one, before)
    await expect(wait(colleague, all[0]!, all[47]!)).rejects.toMatchObject({ code: 'dependency_cycle' })
    expect(performance.now() - began).toBeLessThan(15_000)
  })

  test('of two that would close a cycle at the same moment one is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = await tasks('A', 'B')
      const answers = await Promise.allSettled([wait(colleague, a!, b!), wait(organization.owner, b!, a!)])
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'dependency_cycle' } })
    }
  })

  test('200 random edits by four at a time make no cycle', async () => {
    const made = await tasks(...Array.from({ length: 12 }, (_, at) => `Task ${at}`))
    const any = () => made[Math.floor(Math.random() * made.length)]!
    let cycles = 0
    const edit = async () => {
      const [a, b] = [any(), any()]
      if (Math.random() < 0.25) {
        const [first] = (await of(a)).dependsOn
        return first && withTenant(colleague, (scope) => removeDependency(scope, first.dependencyId)).catch(expected)
      }
      return wait(colleague, a, b).catch(expected)
    }
    const expected = (error: { code?: string; status?: number }) => {
      if (error.code === 'dependency_cycle') cycles++
      expect([404, 409, 422]).toContain(error.status)
    }
    await Promise.all(Array.from({ length: 4 }, async () => { for (let at = 0; at < 50; at++) await edit() }))
    expect(cycles).toBeGreaterThan(0)
    // Every task can be reached in an order in which none comes before what it waits for.
    const edges = await Promise.all(made.map(async (task) => ({ id: task.id, on: (await of(task)).dependsOn.map(({ id }) => id) })))
    const placed = new Set<string>()
    for (let moved = true; moved; ) {
      const ready = edges.filter(({ id, on }) => !placed.has(id) && on.every((need) => placed.has(need)))
      for (const { id } of ready) placed.add(id)
      moved = ready.length > 0
    }
    expect(placed.size).toBe(made.length)
  }, 60_000)
})

describe('what waits', () => {
  test('does not start and is not done; the refusal names three and counts all', async () => {
    const [a, ...needs] = await tasks('A', 'B', 'C', 'D', 'E')
    for (const need of needs) await wait(colleague, a!, need)
    await expect(move(a!, 'in_progress')).rejects.toMatchObject({ status: 409, code: 'blocked_by_dependencies', message: 'It waits for 4 tasks that are not done: B, C, D and 1 more.' })
    await expect(move(a!, 'done')).rejects.toMatchObject({ code: 'blocked_by_dependencies' })
    for (const need of needs) await move(need, 'done')
    await move(a!, 'in_progress')
  })

  test('a cancelled one holds until it is removed, and the refusal says so; one in the trash holds nothing', async () => {
    const [a, b, c] = await tasks('A', 'B', 'C')
    await wait(colleague, a!, b!)
    await wait(colleague, a!, c!)
    await withTenant(colleague, (scope) => deleteTasks(scope, [c!.id]))
    await move(b!, 'cancelled')
    await expect(move(a!, 'in_progress')).rejects.toMatchObject({ message: expect.stringContaining('B (cancelled: remove it') })
    await move(b!, 'archived')
    await expect(move(a!, 'in_progress')).rejects.toMatchObject({ message: expect.stringContaining('B (cancelled: remove it') })
    const today = '2026-11-22'
    expect((await withTenant(colleague, (scope) => listTasks(scope, taskFilterSchema.parse({}), { projectId: project.id, today }))).tasks.find(({ id }) => id === a!.id)).toMatchObject({ waitsForCount: 1 })
    expect((await withTenant(colleague, (scope) => readHealth(scope, [project.id], { today }))).get(project.id)!.counts.waiting_on_cancelled).toBe(1)
    const [first] = (await of(a!)).dependsOn
    await expect(withTenant(viewer, (scope) => removeDependency(scope, first!.dependencyId))).rejects.toMatchObject({ status: 403 })
    await expect(withTenant(other.owner, (scope) => removeDependency(scope, first!.dependencyId))).rejects.toMatchObject({ status: 404 })
    await withTenant(colleague, (scope) => removeDependency(scope, first!.dependencyId))
    await expect(withTenant(colleague, (scope) => removeDependency(scope, first!.dependencyId))).rejects.toMatchObject({ status: 404 })
    await move(a!, 'in_progress')
  })

  test('among many at once each is judged by itself', async () => {
    const [a, b, c] = await tasks('A', 'B', 'C')
    await wait(colleague, a!, b!)
    const result = await withTenant(colleague, (scope) => bulkEditTasks(scope, bulkEditSchema.parse({ ids: [a!.id, c!.id], status: 'in_progress' })))
    expect(result).toMatchObject({ changed: 1, refused: [{ title: 'A', reason: 'It waits for a task that is not done: B.' }] })
  })
})
