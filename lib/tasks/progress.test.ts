import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listReports, reportProgress } from './progress'
import { reportProgressSchema } from './schema'
import { moveTask } from './transitions'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, field: Member
let project: { id: string }
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  ;[colleague, field] = [await organization.add('member'), await organization.add('field')]
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const report = (by: Member, taskId: string, percent: number | '' = '', body = 'Going well') => withTenant(by, (scope) => reportProgress(scope, reportProgressSchema.parse({ taskId, body, percent })))
const task = (id: string) => withTenant(colleague, ({ tx }) => tx.task.findFirstOrThrow({ where: { id } }))

test('reports are numbered in order, also by many at once, and set the percent without completing', async () => {
  const made = await makeTask(colleague, project.id)
  await Promise.all(Array.from({ length: 8 }, (_, at) => report(colleague, made.id, '', `Report ${at}`)))
  await report(colleague, made.id, 100, 'As good as done')
  const reports = await withTenant(colleague, (scope) => listReports(scope, made))
  expect(reports.map(({ seq }) => seq)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
  expect(reports[0]).toMatchObject({ body: 'As good as done', percent: 100, authorUserId: colleague.userId })
  expect(await task(made.id)).toMatchObject({ progress: 100, status: 'todo' })
})

test('of a task with parts it follows the parts', async () => {
  const whole = await makeTask(colleague, project.id)
  const parts = [await makeTask(colleague, project.id, { parentId: whole.id }), await makeTask(colleague, project.id, { parentId: whole.id })]
  await expect(report(colleague, whole.id, 50)).rejects.toMatchObject({ status: 409, code: 'progress_is_derived' })
  await report(colleague, whole.id)
  await report(colleague, parts[0]!.id, 51)
  expect(await task(whole.id)).toMatchObject({ progress: 26 })
})

test('a viewer may not, somebody of the field only on what is theirs; elsewhere it is unknown; a closed task takes none', async () => {
  const made = await makeTask(colleague, project.id)
  await expect(report(await organization.add('viewer'), made.id)).rejects.toMatchObject({ status: 403 })
  await expect(report(other.owner, made.id)).rejects.toMatchObject({ status: 404 })
  await expect(report(field, made.id)).rejects.toMatchObject({ status: 404 })
  await withTenant(organization.owner, ({ tx }) => tx.containerMember.createMany({ data: [{ containerId: project.id, userId: field.userId, access: 'edit' }] }))
  await expect(report(field, made.id)).rejects.toMatchObject({ status: 403 })
  await report(field, (await makeTask(colleague, project.id, { assignees: [field.userId] })).id)
  await withTenant(colleague, (scope) => moveTask(scope, { id: made.id, version: 1, to: 'done', note: '', summary: 'Did it', testingNotes: 'By hand', cancelSubtasks: false }))
  expect(await task(made.id)).toMatchObject({ testingNotes: 'By hand' })
  await expect(report(colleague, made.id)).rejects.toMatchObject({ code: 'task_closed' })
})

test.each([[{ body: '' }], [{ body: 'x', percent: '101' }], [{ body: 'x', percent: '-1' }], [{ body: 'x', percent: '1.5' }], [{ body: 'x'.repeat(4001) }]])('%j is refused', (input) => {
  expect(reportProgressSchema.safeParse({ taskId: project.id, ...input }).success).toBe(false)
})
