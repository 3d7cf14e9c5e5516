import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { shareProjectSchema } from '@/lib/projects/schema'
import { shareProject } from '@/lib/projects/sharing'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { accessFilterSchema, readAccess } from './access-report'
import { keepOpened, keepsReads, noteRefused } from './reads'

let organization: TestOrganization, keeper: Member, colleague: Member, stranger: Member
let project: { id: string; slug: string; key: string }, task: { id: string; number: number }
beforeEach(async () => {
  organization = await makeOrganization()
  ;[keeper, colleague] = [await organization.add('manager'), await organization.add('member')]
  stranger = (await makeOrganization()).owner
  project = await makeProject(keeper, { name: 'Vault', visibility: 'private' })
  task = await makeTask(keeper, project.id, { title: 'Count the silver' })
})
afterAll(closeConnections)

const keepReads = (logReads: boolean) => withTenant(keeper, async (scope) => {
  const { version } = await scope.tx.container.findFirstOrThrow({ where: { id: project.id } })
  await shareProject(scope, shareProjectSchema.parse({ id: project.id, version, visibility: 'private', defaultAccess: 'edit', logReads: String(logReads) }))
})
const opened = () => ({ entityKind: 'task', entityId: task.id, containerId: project.id, label: 'Count the silver' })
const report = (who: Member, input: Record<string, string> = {}) => withTenant(who, (scope) => readAccess(scope, accessFilterSchema.parse({ project: project.id, ...input })))
const refusals = () => look('SELECT task_id, user_id, what FROM refused_attempts WHERE tenant_id = $1 ORDER BY what, task_id', [organization.tenantId])

describe('who opened a task', () => {
  test('is kept once by person, record and hour, beside what was changed, and told by day to whoever manages the project', async () => {
    await keepReads(true)
    expect(await withTenant(keeper, (scope) => keepsReads(scope, project.id))).toBe(true)
    await keepOpened(keeper, opened())
    await keepOpened(keeper, opened())
    const rows = await report(keeper)
    expect(rows).toMatchObject([{ name: 'The manager', taskId: null, changed: 2, opened: 0 }, { name: 'The manager', taskId: task.id, number: task.number, opened: 1, changed: 1, refused: 0 }])
    expect(await report(keeper, { person: colleague.userId })).toEqual([])
  })

  test('is nothing that a project without such a record keeps, and nothing for those who do not manage it', async () => {
    expect(await withTenant(keeper, (scope) => keepsReads(scope, project.id))).toBe(false)
    await expect(report(colleague)).rejects.toMatchObject({ status: 403 })
    await expect(report(stranger)).rejects.toMatchObject({ status: 403 })
    await expect(keepOpened(colleague, opened())).rejects.toThrow()
  })
})

describe('who was refused', () => {
  test('is noted by id, or by number with slug or key, once an hour; nobody sees it who does not see the project', async () => {
    await keepReads(true)
    for (const refused of [{ record: task.id }, { record: task.id }, { project: project.slug, number: task.number }, { project: project.key, number: task.number }]) await noteRefused(colleague, refused, 'open')
    await noteRefused(colleague, { record: project.id }, 'change')
    expect(await refusals()).toEqual([{ task_id: null, user_id: colleague.userId, what: 'change' }, { task_id: task.id, user_id: colleague.userId, what: 'open' }])
    expect(await report(keeper, { person: colleague.userId })).toMatchObject([{ name: 'The member', taskId: null, refused: 1 }, { name: 'The member', taskId: task.id, refused: 1, opened: 0 }])
    for (const outsider of [colleague, organization.owner]) expect(await withTenant(outsider, ({ tx }) => tx.refusedAttempt.findMany())).toEqual([])
    await expect(withTenant(colleague, ({ tx }) => tx.refusedAttempt.createMany({ data: [{ projectId: project.id, userId: colleague.userId, what: 'open', hour: new Date() }] }))).rejects.toThrow()
  })

  test('is not noted where no record is kept, for what is not there, or of another organization', async () => {
    await noteRefused(colleague, { record: task.id }, 'open')
    await keepReads(true)
    await noteRefused(colleague, { project: project.slug, number: 999 }, 'open')
    await noteRefused(colleague, { project: 'no-such', number: null }, 'open')
    await noteRefused(stranger, { record: task.id }, 'open')
    await noteRefused(stranger, { project: project.slug, number: task.number }, 'open')
    expect(await refusals()).toEqual([])
  })
})
