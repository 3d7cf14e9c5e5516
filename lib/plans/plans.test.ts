import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createInvitation, revokeInvitation } from '@/lib/invitations/invitations'
import { inviteSchema } from '@/lib/access/schema'
import { ForbiddenError } from '@/lib/errors'
import { createProject, changeProjectStatus } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { racePools } from '@/lib/testing/race'
import { seatRound } from '@/lib/testing/seat-race'
import { setLimit } from '@/lib/testing/set-limit'
import type { Member } from '@/lib/tenancy/member'
import { v7 as uuidv7 } from '@/lib/uuid'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { readRemaining, readUsage } from './limits'
import { choosePlan, choosePlanSchema, listPlans, readPlan } from './plans'
import { countApiCall, recordUsage } from './record-usage'

const { pools, close } = racePools()
let organization: TestOrganization, other: TestOrganization
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(async () => {
  await close()
  await closeConnections()
})

const limit = (key: string, most: number | null, place = organization) => setLimit(place.tenantId, key, most)
const project = (by: Member, name = 'Another') => withTenant(by, (scope) => createProject(scope, createProjectSchema.parse({ name })))
const invite = (by: Member, email: string) => withTenant(by, (scope) => createInvitation(scope, inviteSchema.parse({ email, delivery: 'link' })))
const usage = async (key: string, member = organization.owner) => (await withTenant(member, readUsage)).find((row) => row.key === key)
const choose = async (by: Member, plan: string) => {
  const plans = await listPlans()
  return withTenant(by, (scope) => choosePlan(scope, choosePlanSchema.parse({ plan }), plans))
}

describe('limits', () => {
  test('the seat after the last is refused with the figures, for members, invitations and requests alike', async () => {
    await limit('members', 2)
    await invite(organization.owner, 'first@example.test')
    await expect(invite(organization.owner, 'second@example.test')).rejects.toMatchObject({ status: 409, code: 'limit_reached', detail: { limit: 'members', current: 2, max: 2 } })
    await expect(organization.add('viewer')).rejects.toMatchObject({ code: 'limit_reached' })
    expect(await usage('members')).toEqual({ key: 'members', used: 2, max: 2 })
    expect(await look('SELECT id FROM invitations WHERE tenant_id = $1', [organization.tenantId])).toHaveLength(1)
  })

  test('a withdrawn or expired invitation gives its seat back; whoever accepts the last one comes in', async () => {
    await limit('members', 2)
    const { id } = await invite(organization.owner, 'first@example.test')
    await withTenant(organization.owner, (scope) => revokeInvitation(scope, id))
    const mate = await organization.add('viewer')
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [mate.userId])
    await invite(organization.owner, 'second@example.test')
    // A suspended member has no seat until they are let in again.
    await expect(look(`UPDATE memberships SET status = 'active' WHERE user_id = $1`, [mate.userId])).rejects.toMatchObject({ code: 'BH001' })
    await look(`UPDATE invitations SET expires_at = now() - interval '1 minute' WHERE tenant_id = $1`, [organization.tenantId])
    await look(`UPDATE memberships SET status = 'active' WHERE user_id = $1`, [mate.userId])
  })

  test('projects that are archived do not count, and are not taken up again past the limit', async () => {
    await limit('projects', 1)
    const { id } = await project(organization.owner)
    await expect(project(organization.owner, 'One more')).rejects.toMatchObject({ code: 'limit_reached', detail: { limit: 'projects', current: 1, max: 1 } })
    await withTenant(organization.owner, (scope) => changeProjectStatus(scope, { id, version: 1, status: 'archived' }))
    await project(organization.owner, 'One more')
    await expect(withTenant(organization.owner, (scope) => changeProjectStatus(scope, { id, version: 2, status: 'active' }))).rejects.toMatchObject({ code: 'limit_reached' })
  })

  test('another organization’s use and limits are its own; a raised limit acts at once', async () => {
    await limit('projects', 1)
    await project(organization.owner)
    await project(other.owner)
    await project(other.owner, 'Second')
    await limit('projects', 2)
    await project(organization.owner, 'Second')
    await limit('projects', null)
    await project(organization.owner, 'Third')
  })

  test('of fifty who want the last seats at once, as many get in as there are seats: two rounds', async () => {
    for (let round = 0; round < 2; round++) {
      const { joined, refusals, seated, max } = await seatRound(pools.tenant)
      expect({ joined, seated }).toEqual({ joined: max - 1, seated: max })
      expect([...new Set(refusals)]).toEqual(['BH001'])
    }
  })

  test('files count by the megabyte, and the one too many is refused', async () => {
    await limit('storage_mb', 1)
    const { id: projectId } = await project(organization.owner)
    const [{ id: taskId } = { id: '' }] = await look<{ id: string }>(`INSERT INTO tasks (tenant_id, id, project_id, number, title) VALUES ($1, gen_random_uuid(), $2, 900, 'With files') RETURNING id`, [organization.tenantId, projectId])
    const attach = (bytes: number) => look(`INSERT INTO attachments (tenant_id, id, entity_kind, entity_id, container_id, file_name, mime, size_bytes, sha256, storage_key) VALUES ($1::uuid, gen_random_uuid(), 'task', $2, $3, 'a.txt', 'text/plain', $4, sha256('a'), $1::uuid::text || '/' || replace(gen_random_uuid()::text, '-', ''))`, [organization.tenantId, taskId, projectId, bytes])
    await attach(600_000)
    await expect(attach(600_000)).rejects.toMatchObject({ code: 'BH001' })
    await look('UPDATE attachments SET deleted_at = now() WHERE tenant_id = $1', [organization.tenantId])
    await attach(600_000)
    await expect(look('UPDATE attachments SET deleted_at = NULL WHERE tenant_id = $1', [organization.tenantId])).rejects.toMatchObject({ code: 'BH001' })
    expect(await usage('storage_mb')).toEqual({ key: 'storage_mb', used: 1, max: 1 })
  })

  test('import files and exports count while they are kept, archives do not; none of them is refused', async () => {
    await limit('storage_mb', 3)
    const { tenantId, owner } = organization
    const key = () => `${tenantId}/${uuidv7().replaceAll('-', '')}`
    const exported = (list: string, mb: number, days: number) => look(`INSERT INTO exports (tenant_id, id, requested_by, list, format, row_count, file_name, size_bytes, storage_key, expires_at) VALUES ($1, gen_random_uuid(), $2, $3, 'csv', 1, 'a.csv', $4, $5, now() + $6 * interval '1 day')`, [tenantId, owner.userId, list, mb * 1_000_000, key(), days])
    await exported('tasks', 2, 7)
    await exported('tasks', 40, -1)
    await exported('archive', 40, 7)
    expect(await usage('storage_mb')).toMatchObject({ used: 2 })
    await exported('tasks', 4, 7)
    expect(await usage('storage_mb')).toMatchObject({ used: 6, max: 3 })
    expect(await usage('storage_mb', other.owner)).toMatchObject({ used: 0 })
  })

  test('a limit that is near is told, a far one is not', async () => {
    await limit('members', 5)
    expect(await withTenant(organization.owner, (scope) => readRemaining(scope, 'members'))).toBeNull()
    await limit('members', 1)
    expect(await withTenant(organization.owner, (scope) => readRemaining(scope, 'members'))).toBe(0)
  })
})

describe('choosePlan', () => {
  test('an owner chooses; it acts at once, ends a trial, and is in the history once', async () => {
    await look(`UPDATE organizations SET status = 'trial', plan_key = 'free' WHERE id = $1`, [organization.tenantId])
    expect(await usage('members')).toMatchObject({ max: 50 })
    await choose(organization.owner, 'basic')
    await choose(organization.owner, 'basic')
    expect(await usage('members')).toMatchObject({ max: 10 })
    expect(await look('SELECT status, plan_key FROM organizations WHERE id = $1', [organization.tenantId])).toEqual([{ status: 'active', plan_key: 'basic' }])
    expect(await look(`SELECT FROM audit_events WHERE tenant_id = $1 AND action = 'organization.plan_changed'`, [organization.tenantId])).toHaveLength(1)
    expect(await look('SELECT plan_key FROM organizations WHERE id = $1', [other.tenantId])).toEqual([{ plan_key: 'enterprise' }])
  })

  test.each(['admin', 'manager', 'member', 'field', 'viewer'] as const)('a %s does not, nor one who says they own it', async (role) => {
    const member = await organization.add(role)
    await expect(choose(member, 'free')).rejects.toThrow(ForbiddenError)
    await expect(choose({ ...member, role: 'owner' } as Member, 'free')).rejects.toThrow('role of owner')
  })

  test('no plan of the installation is refused', () => expect(choose(organization.owner, 'golden')).rejects.toMatchObject({ status: 422 }))
})

describe('usage', () => {
  test('is written down by day, twice the same; a trial that has run out is over and in the history', async () => {
    await look(`UPDATE organizations SET status = 'trial', plan_key = 'free', trial_ends_at = now() - interval '1 hour' WHERE id = $1`, [organization.tenantId])
    // Already when it runs out, not only when it is swept.
    expect(await usage('members')).toMatchObject({ max: 5 })
    await recordUsage()
    await project(organization.owner)
    await recordUsage()
    const { history, isTrial } = await withTenant(organization.owner, readPlan)
    expect({ projects: history.projects.map(({ value }) => value), members: history.members.map(({ value }) => value), isTrial }).toEqual({ projects: [1], members: [1], isTrial: false })
    expect(await look(`SELECT actor_kind FROM audit_events WHERE tenant_id = $1 AND action = 'organization.trial_ended'`, [organization.tenantId])).toEqual([{ actor_kind: 'system' }])
  })

  test('API calls are counted by the hour: fifty at once are fifty', async () => {
    await limit('api_calls', 49)
    const answers = await Promise.all(Array.from({ length: 50 }, () => countApiCall(organization.tenantId)))
    expect(answers.filter(({ isOver }) => isOver)).toMatchObject([{ used: 50, max: 49 }])
    expect(answers[0]!.waitS).toBeGreaterThan(0)
    expect(await usage('api_calls')).toMatchObject({ used: 50 })
    expect(await usage('api_calls', other.owner)).toMatchObject({ used: 0 })
  })

  test('a member reads what is used; the plan itself is for owners and admins', async () => {
    const member = await organization.add('member')
    expect(await usage('members', member)).toMatchObject({ used: 2 })
    await expect(withTenant(member, readPlan)).rejects.toThrow(ForbiddenError)
  })
})
