import { afterAll, beforeEach, expect, test } from 'vitest'
import { inviteSchema } from '@/lib/access/schema'
import { createInvitation } from '@/lib/invitations/invitations'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { setLimit } from '@/lib/testing/set-limit'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { tellLimitNear } from './limit-notices'
import { listNotifications } from './notifications'

let organization: TestOrganization, other: TestOrganization
let admin: Member, member: Member
beforeEach(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[admin, member] = [await organization.add('admin'), await organization.add('member')]
})
afterAll(closeConnections)

const limit = (key: string, most: number) => setLimit(organization.tenantId, key, most)
const told = async (by: Member) => (await withTenant(by, (scope) => listNotifications(scope))).filter(({ kind }) => kind === 'limit_near').map(({ title }) => title).reverse()
const projects = async (count: number, by = member) => { for (let n = 0; n < count; n++) await makeProject(by) }

test('owners and admins are told at 80 and at 100 percent, whoever brought it there; nobody else, and nobody elsewhere', async () => {
  await limit('projects', 5)
  await projects(3)
  expect(await told(organization.owner)).toEqual([])
  await projects(1)
  expect(await told(organization.owner)).toEqual(['4 of 5 projects are in use'])
  await projects(1, organization.owner)
  for (const person of [organization.owner, admin]) expect(await told(person)).toEqual(['4 of 5 projects are in use', 'All 5 projects of the plan are in use'])
  for (const person of [member, other.owner]) expect(await told(person)).toEqual([])
})

test('once of each level, however often it is passed; a raised limit has levels of its own', async () => {
  await limit('projects', 5)
  await projects(4)
  await look(`UPDATE containers SET archived_at = now() WHERE id = (SELECT id FROM containers WHERE tenant_id = $1 LIMIT 1)`, [organization.tenantId])
  await projects(1)
  expect(await told(organization.owner)).toHaveLength(1)
  await limit('projects', 6)
  await projects(1)
  expect(await told(organization.owner)).toEqual(['4 of 5 projects are in use', '5 of 6 projects are in use'])
})

test('of seats when somebody is invited, of files when one is attached', async () => {
  await limit('members', 4)
  await withTenant(admin, (scope) => createInvitation(scope, inviteSchema.parse({ email: 'friend@example.test', delivery: 'link' })))
  expect(await told(organization.owner)).toEqual(['All 4 seats of the plan are in use'])
  expect(await told(admin)).toEqual(await told(organization.owner))
  await limit('storage_mb', 10)
  const project = await makeProject(member)
  const task = await makeTask(member, project.id)
  const attach = (sizeBytes: number) => withTenant(member, async (scope) => {
    await scope.tx.attachment.createMany({ data: [{ entityKind: 'task', entityId: task.id, containerId: project.id, fileName: 'a.txt', mime: 'text/plain', sizeBytes, sha256: Buffer.alloc(32), storageKey: `${organization.tenantId}/${uuidv7().replaceAll('-', '')}` }] })
    await tellLimitNear(scope, 'storage_mb', Math.ceil(sizeBytes / 1_000_000))
  })
  await attach(5_000_000)
  expect(await told(admin)).toHaveLength(1)
  await attach(3_000_000)
  expect((await told(admin)).at(-1)).toBe('8 of 10 megabytes of files are in use')
})
