import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createApiKey } from '@/lib/api-keys/api-keys'
import { createApiKeySchema } from '@/lib/api-keys/schema'
import { inviteSchema } from '@/lib/access/schema'
import { createInvitation } from '@/lib/invitations/invitations'
import { createIdea } from '@/lib/ideas/ideas'
import { deleteProject } from '@/lib/projects/deletion'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { updateTask } from '@/lib/tasks/tasks'
import { updateTaskSchema } from '@/lib/tasks/schema'
import { createTeam } from '@/lib/teams/teams'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { visitsOf } from '@/lib/testing/make-visit'
import type { TenantTransaction } from '@/lib/tenancy/client'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { decideSupport, endSupport, listSupportSessions, setSupportPolicy } from './organization-support'
import { endMySupport, expireSupport, listAllSupport, requestSupport } from './platform-support'

let organization: TestOrganization, other: TestOrganization, sam: SuperAdmin
let { input, sessions, policy, ask, toChange, newest, anyTask } = {} as ReturnType<typeof visitsOf>
beforeEach(async () => {
  ;[organization, other, sam] = [await makeOrganization(), await makeOrganization(), await makeSuperAdmin()]
  ;({ input, sessions, policy, ask, toChange, newest, anyTask } = visitsOf(organization, sam))
  await policy('allow')
})
afterAll(closeConnections)

const edit = (id: string) => updateTaskSchema.parse({ id, version: 1, title: 'Mended', description: '', priority: 'medium', dueOn: '', estimate: '', assignees: [], labels: [] })
const run = (tx: TenantTransaction, sql: string) => tx.$executeRaw(Object.assign([sql], { raw: [sql] }))

test('rule 1: only those who run the installation come in, nobody else by any path', async () => {
  await expect(ask()).resolves.toEqual({ state: 'active', slug: organization.slug })
  await sam.at(organization.slug)
  const stranger = await makeSuperAdmin()
  await asSetup('UPDATE users SET is_super_admin = false WHERE id = $1', [stranger.userId])
  await expect(ask({}, stranger)).rejects.toMatchObject({ status: 404 })
  expect(await listAllSupport(stranger.token)).toEqual([])
  // Whoever stops being one is out with the next transaction.
  const inside = await sam.at(organization.slug)
  await asSetup('UPDATE users SET is_super_admin = false WHERE id = $1', [sam.userId])
  expect(await sam.answer(organization.slug)).toMatchObject({ state: 'unknown' })
  await expect(withTenant(inside, ({ tx }) => tx.task.count())).rejects.toMatchObject({ status: 403, code: 'support_over' })
})

test('rule 2: without a second factor nobody comes in', async () => {
  await expect(ask({}, await makeSuperAdmin({ hasFactor: false }))).rejects.toMatchObject({ status: 404 })
  await expect(ask()).resolves.toMatchObject({ state: 'active' })
})

test('rule 3: a reason of ten characters, and 5 to 60 minutes', async () => {
  for (const bad of [{ reason: 'because' }, { reason: '          ' }, { minutes: 61 }, { minutes: 4 }, { minutes: 'soon' }, { mode: 'owner' }]) expect(() => input(bad), JSON.stringify(bad)).toThrow()
  // The database holds it on every path.
  await expect(requestSupport(sam.token, { ...input(), minutes: 61 })).rejects.toThrow()
  await expect(requestSupport(sam.token, { ...input(), reason: 'short' })).rejects.toThrow()
  await ask({ minutes: 60 })
  const { startsAt, endsAt, reason, reference, minutes } = await newest()
  expect({ reason, reference, minutes }).toEqual({ reason: 'A list that does not load', reference: 'HELP-7', minutes: 60 })
  expect(endsAt!.getTime() - startsAt!.getTime()).toBe(3_600_000)
})

describe('rule 4: the organization decides', () => {
  test('who refuses lets nobody in, and ends what is open', async () => {
    await ask()
    const inside = await sam.at(organization.slug)
    await policy('refuse')
    expect(await sam.answer(organization.slug)).toMatchObject({ state: 'unknown' })
    await expect(withTenant(inside, ({ tx }) => tx.task.count())).rejects.toMatchObject({ code: 'support_over' })
    await expect(ask()).rejects.toMatchObject({ status: 403, code: 'support_refused' })
  })

  test('who wants to be asked lets in what an owner agreed to, once', async () => {
    await policy('ask')
    await expect(ask()).resolves.toMatchObject({ state: 'requested' })
    expect(await sam.answer(organization.slug)).toMatchObject({ state: 'unknown' })
    const { id } = await newest()
    const admin = await organization.add('admin')
    await expect(withTenant(admin, (scope) => decideSupport(scope, { id, decision: 'approve' }))).rejects.toMatchObject({ status: 403 })
    await expect(withTenant(other.owner, (scope) => decideSupport(scope, { id, decision: 'approve' }))).rejects.toMatchObject({ status: 404 })
    await withTenant(organization.owner, (scope) => decideSupport(scope, { id, decision: 'approve' }))
    expect((await sam.at(organization.slug)).role).toBe('viewer')
    await expect(withTenant(organization.owner, (scope) => decideSupport(scope, { id, decision: 'decline' }))).rejects.toMatchObject({ status: 409, code: 'support_over' })
  })

  test('one that is declined, or that nobody answers for a day, lets nobody in', async () => {
    await policy('ask')
    await ask()
    const { id } = await newest()
    await withTenant(organization.owner, (scope) => decideSupport(scope, { id, decision: 'decline' }))
    expect(await sam.answer(organization.slug)).toMatchObject({ state: 'unknown' })
    await ask()
    await asSetup(`UPDATE support_sessions SET created_at = now() - interval '25 hours' WHERE tenant_id = $1 AND status = 'requested'`, [organization.tenantId])
    await expect(withTenant(organization.owner, async (scope) => decideSupport(scope, { id: (await listSupportSessions(scope)).find(({ status }) => status === 'expired')!.id, decision: 'approve' }))).rejects.toMatchObject({ code: 'support_over' })
    await expireSupport()
    expect((await sessions()).map(({ status }) => status).sort()).toEqual(['declined', 'expired'])
  })
})

test('rule 5: it may only look, and the database refuses the write, whatever the code does', async () => {
  const task = await anyTask()
  await ask()
  const inside = await sam.at(organization.slug)
  expect(inside.support?.mode).toBe('read_only')
  expect(await withTenant(inside, ({ tx }) => tx.task.count({ where: { id: task.id } }))).toBe(1)
  await expect(withTenant({ ...inside, role: 'owner' }, (scope) => updateTask(scope, edit(task.id)))).rejects.toMatchObject({ status: 403 })
  for (const write of [`UPDATE tasks SET title = 'x'`, `INSERT INTO labels (id, name, name_lc, colour) VALUES (gen_random_uuid(), 'x', 'x', '#000000')`, 'SET TRANSACTION READ WRITE', 'SET LOCAL transaction_read_only = off'])
    await expect(withTenant(inside, ({ tx }) => run(tx, write)), write).rejects.toThrow()
  expect(await look('SELECT title FROM tasks WHERE id = $1', [task.id])).not.toEqual([{ title: 'x' }])
})

test('rule 6: changing things takes an owner’s consent, or is confirmed by typing the address', async () => {
  const task = await anyTask()
  await expect(ask({ mode: 'read_write' })).rejects.toMatchObject({ status: 422 })
  await expect(ask({ mode: 'read_write', confirmation: other.slug })).rejects.toMatchObject({ status: 422 })
  await toChange()
  const inside = await sam.at(organization.slug)
  expect(inside.role).toBe('manager')
  await withTenant(inside, (scope) => updateTask(scope, edit(task.id)))
  expect(await look('SELECT title FROM tasks WHERE id = $1', [task.id])).toEqual([{ title: 'Mended' }])
  await endMySupport(sam.token, inside.support!.id)
  await policy('ask')
  await expect(ask({ mode: 'read_write', confirmation: organization.slug })).resolves.toMatchObject({ state: 'requested' })
})

test('rule 7: one at a time, also of two that are asked for at once', async () => {
  await withTenant(other.owner, (scope) => setSupportPolicy(scope, { policy: 'allow' }))
  const answers = await Promise.allSettled([ask(), ask({ organization: other.slug }), ask(), ask({ organization: other.slug })])
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 409, code: 'support_open' })
  const mine = (await listAllSupport(sam.token)).find(({ isMine, status }) => isMine && status === 'active')!
  await endMySupport(sam.token, mine.id)
  await expect(ask()).resolves.toMatchObject({ state: 'active' })
})

test('rule 8: nobody comes into their own organization this way, nor as another of the platform', async () => {
  const [colleague, third] = [await makeSuperAdmin({ name: 'Kim Osei' }), await makeSuperAdmin()]
  await asSetup(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, status, skip_onboarding) VALUES ($1, gen_random_uuid(), $2, 'Kim', 'member', 'active', true)`, [organization.tenantId, colleague.userId])
  await expect(ask({}, colleague)).rejects.toMatchObject({ status: 409, code: 'own_organization' })
  await ask()
  const { support } = await sam.at(organization.slug)
  expect(await third.answer(organization.slug)).toMatchObject({ state: 'unknown' })
  await expect(endMySupport(third.token, support!.id)).rejects.toMatchObject({ status: 404 })
  // Another browser of the same person is another session.
  await asSetup('UPDATE support_sessions SET web_session_id = gen_random_uuid() WHERE id = $1', [support!.id])
  expect(await sam.answer(organization.slug)).toMatchObject({ state: 'unknown' })
})

test('rule 9: credentials, keys and invitations are out of reach, also of a session that may change things', async () => {
  await withTenant(organization.owner, (scope) => createInvitation(scope, inviteSchema.parse({ email: 'new@example.test', role: 'viewer', delivery: 'link' })))
  await toChange()
  const inside = await sam.at(organization.slug)
  await expect(withTenant(inside, (scope) => createApiKey(scope, createApiKeySchema.parse({ name: 'Mine', scopes: ['tasks:read'] })))).rejects.toMatchObject({ status: 403, code: 'support_out_of_reach' })
  await expect(withTenant(inside, (scope) => createInvitation(scope, inviteSchema.parse({ email: 'x@example.test', role: 'viewer', delivery: 'link' })))).rejects.toMatchObject({ status: 403 })
  const { projectId } = await anyTask()
  await expect(withTenant(inside, (scope) => deleteProject(scope, { id: projectId, confirmation: '' }))).rejects.toMatchObject({ status: 403, code: 'support_out_of_reach' })
  // And below the code: the policies.
  expect(await withTenant(inside, async ({ tx }) => [await tx.invitation.count(), await tx.accessRule.count(), await tx.apiKey.count(), await tx.supportSession.count()])).toEqual([0, 0, 0, 0])
  await expect(withTenant(inside, ({ tx }) => tx.apiKey.createMany({ data: [{ ownerUserId: inside.userId, name: 'Mine', prefix: 'bh_abcdefgh', keyHash: Buffer.alloc(32, 3), scopes: ['tasks:read'], expiresAt: new Date(Date.now() + 86_400_000) }] }))).rejects.toMatchObject({ status: 403, code: 'support_out_of_reach' })
  await expect(withTenant(inside, ({ tx }) => tx.job.createMany({ data: [{ kind: 'export', requestedBy: inside.userId }] }))).rejects.toMatchObject({ status: 403 })
  for (const call of [`kernel.list_api_keys()`, `kernel.set_support_policy('allow', now())`, `kernel.end_support(gen_random_uuid(), now())`]) await expect(withTenant({ ...inside, role: 'owner' }, ({ tx }) => run(tx, `SELECT ${call}::text`)), call).rejects.toMatchObject({ status: 403 })
  expect(await withTenant(organization.owner, ({ tx }) => tx.invitation.count())).toBe(1)
})

test('rule 10: what is private stays private', async () => {
  const [hidden, task] = [await makeProject(organization.owner, { visibility: 'private' }), await anyTask()]
  await makeTask(organization.owner, hidden.id)
  await toChange()
  const inside = await sam.at(organization.slug)
  expect(await withTenant(inside, ({ tx }) => tx.task.findMany({ select: { id: true } }))).toEqual([{ id: task.id }])
  expect(await withTenant(inside, ({ tx }) => tx.notification.count())).toBe(0)
  await expect(withTenant(inside, ({ tx }) => tx.task.updateMany({ where: { projectId: hidden.id }, data: { title: 'x' } }))).resolves.toEqual({ count: 0 })
  // Another organization is as far away as ever.
  await makeTask(other.owner, (await makeProject(other.owner)).id)
  expect(await sam.answer(other.slug)).toMatchObject({ state: 'unknown' })
})

test('rule 10: what a visit has made is no way into what is private later', async () => {
  await toChange()
  const inside = await sam.at(organization.slug)
  const make = (visibility: string) => withTenant(inside, (scope) => createProject(scope, createProjectSchema.parse({ name: 'Mended', visibility })))
  const sees = (who: typeof inside, id: string) => withTenant(who, async ({ tx }) => [await tx.container.count({ where: { id } }), await tx.project.count({ where: { id } }), await tx.task.count({ where: { projectId: id } })])
  const { id } = await make('organization')
  await makeTask(organization.owner, id)
  expect(await sees(inside, id)).toEqual([1, 1, 1])
  const team = await withTenant(organization.owner, (scope) => createTeam(scope, { name: 'Crew', userIds: [] }))
  for (const visibility of ['private', 'team']) {
    await asSetup('UPDATE containers SET visibility = $2, team_id = $3 WHERE id = $1', [id, visibility, visibility === 'team' ? team.id : null])
    expect(await sees(inside, id), visibility).toEqual([0, 0, 0])
  }
  await asSetup(`UPDATE containers SET visibility = 'organization', team_id = NULL WHERE id = $1`, [id])
  // Nor does it make or take anything for itself, by the code and below it.
  const out = { status: 403, code: 'support_out_of_reach' }
  const own = { name: 'Mine', ownerUserId: inside.userId }
  await expect(make('private')).rejects.toMatchObject(out)
  await expect(withTenant(inside, ({ tx }) => tx.container.updateMany({ where: { id }, data: { visibility: 'private' } }))).rejects.toMatchObject(out)
  await expect(withTenant(inside, ({ tx }) => tx.container.createMany({ data: [{ ...own, kind: 'project', visibility: 'private', defaultAccess: 'edit' }] }))).rejects.toMatchObject(out)
  await expect(withTenant(inside, (scope) => createIdea(scope, { title: 'Mine', body: '', projectId: null }))).rejects.toMatchObject(out)
  const label = { name: 'Mine', nameLc: 'mine', colour: '#2563eb' }
  await expect(withTenant(inside, ({ tx }) => tx.label.createMany({ data: [{ ...label, ownerUserId: inside.userId }] }))).rejects.toMatchObject(out)
  await withTenant(inside, ({ tx }) => tx.label.createMany({ data: [label] }))
  await withTenant(organization.owner, ({ tx }) => tx.label.createMany({ data: [{ ...label, ownerUserId: organization.owner.userId }] }))
})

describe('rule 11: it ends', () => {
  test('by its time, with the next transaction', async () => {
    await ask()
    const inside = await sam.at(organization.slug)
    await asSetup(`UPDATE support_sessions SET starts_at = now() - interval '31 minutes', ends_at = now() - interval '1 second' WHERE id = $1`, [inside.support!.id])
    await expect(withTenant(inside, ({ tx }) => tx.task.count())).rejects.toMatchObject({ code: 'support_over' })
    expect(await sam.answer(organization.slug)).toMatchObject({ state: 'unknown' })
    expect(await newest()).toMatchObject({ status: 'expired' })
    await expireSupport()
    expect(await look('SELECT status, ended_by FROM support_sessions WHERE id = $1', [inside.support!.id])).toEqual([{ status: 'expired', ended_by: 'time' }])
    expect(await expireSupport()).toBe(0)
  })

  test('by an owner or admin of the organization, and by nobody of another', async () => {
    await ask()
    const inside = await sam.at(organization.slug)
    const [admin, manager] = [await organization.add('admin'), await organization.add('manager')]
    const end = (by: typeof admin) => withTenant(by, (scope) => endSupport(scope, { id: inside.support!.id }))
    await expect(end(manager)).rejects.toMatchObject({ status: 403 })
    await expect(end(other.owner)).rejects.toMatchObject({ status: 404 })
    await end(admin)
    await expect(withTenant(inside, ({ tx }) => tx.task.count())).rejects.toMatchObject({ code: 'support_over' })
    await expect(end(admin)).rejects.toMatchObject({ status: 409 })
  })

  test('by whoever came, and with their own session', async () => {
    await ask()
    const first = await sam.at(organization.slug)
    await endMySupport(sam.token, first.support!.id)
    await expect(withTenant(first, ({ tx }) => tx.task.count())).rejects.toMatchObject({ code: 'support_over' })
    await ask()
    const second = await sam.at(organization.slug)
    await asSetup('UPDATE sessions SET revoked_at = now() WHERE user_id = $1', [sam.userId])
    await expect(withTenant(second, ({ tx }) => tx.task.count())).rejects.toMatchObject({ code: 'support_over' })
  })
})
