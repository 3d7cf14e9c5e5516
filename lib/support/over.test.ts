import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readOrganization } from '@/lib/console/organizations'
import { listPlatformEvents } from '@/lib/console/platform-audit'
import { platformAuditFilterSchema } from '@/lib/console/schema'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { visitsOf } from '@/lib/testing/make-visit'
import { v7 as uuidv7 } from '@/lib/uuid'
import { decideSupport, endSupport, openSupport, setSupportPolicy } from './organization-support'
import { endMySupport, expireSupport, findEndedSupport, listAllSupport, requestSupport } from './platform-support'

let organization: TestOrganization, other: TestOrganization, sam: SuperAdmin
let { policy, ask, newest, input } = {} as ReturnType<typeof visitsOf>
beforeEach(async () => {
  ;[organization, other, sam] = [await makeOrganization(), await makeOrganization(), await makeSuperAdmin()]
  ;({ policy, ask, newest, input } = visitsOf(organization, sam))
  await policy('allow')
})
afterAll(closeConnections)

const told = (token = sam.token, slug = organization.slug) => findEndedSupport(token, slug)
const timeIsOver = () => look(`UPDATE support_sessions SET starts_at = now() - interval '31 minutes', ends_at = now() - interval '1 second' WHERE tenant_id = $1 AND status = 'active'`, [organization.tenantId])
const lapse = () => look(`UPDATE support_sessions SET created_at = now() - interval '24 hours 1 second' WHERE tenant_id = $1 AND status = 'requested'`, [organization.tenantId])

describe('whoever was in as support is told that it is over', () => {
  test('by whom and since when: themselves, the organization, or time, also before that is written down', async () => {
    await ask()
    expect(await told()).toBeNull()
    await endMySupport(sam.token, (await newest()).id)
    expect(await told()).toEqual({ organization: expect.any(String), endedAt: (await newest()).endedAt, endedBy: 'platform' })
    await ask()
    expect(await told()).toBeNull()
    const { id } = await newest()
    await withTenant(organization.owner, (scope) => endSupport(scope, { id }))
    expect(await told()).toMatchObject({ endedBy: 'organization' })
    await ask()
    await timeIsOver()
    expect(await told()).toMatchObject({ endedBy: 'time', endedAt: (await newest()).endsAt })
    await expireSupport()
    expect(await told()).toMatchObject({ endedBy: 'time', endedAt: (await newest()).endsAt })
    await ask()
    await policy('refuse')
    expect(await told()).toMatchObject({ endedBy: 'organization' })
  })

  test('and nobody else, nowhere else, nor after a day, nor of one that never began', async () => {
    await ask()
    await endMySupport(sam.token, (await newest()).id)
    const [colleague, bare, { token }] = [await makeSuperAdmin(), await makeSuperAdmin({ hasFactor: false }), await makeJoiner(`${uuidv7()}@example.test`)]
    for (const one of [colleague.token, bare.token, token, 'no-session']) expect(await told(one)).toBeNull()
    for (const slug of [other.slug, 'no-such-place', '', "'; SELECT 1 --"]) expect(await told(sam.token, slug), slug).toBeNull()
    expect(await told()).not.toBeNull()
    await look(`UPDATE support_sessions SET ended_at = now() - interval '25 hours' WHERE tenant_id = $1`, [organization.tenantId])
    expect(await told()).toBeNull()
    await withTenant(other.owner, (scope) => setSupportPolicy(scope, { policy: 'ask' }))
    await requestSupport(sam.token, input({ organization: other.slug }))
    await withTenant(other.owner, async (scope) => endSupport(scope, { id: (await scope.tx.supportSession.findFirstOrThrow()).id }))
    expect(await told(sam.token, other.slug)).toBeNull()
  })

  test('nor whoever runs the installation no more, nor of an organization that is gone', async () => {
    await ask()
    await endMySupport(sam.token, (await newest()).id)
    await look('UPDATE organizations SET deleted_at = now() WHERE id = $1', [organization.tenantId])
    expect(await told()).toBeNull()
    await look('UPDATE organizations SET deleted_at = NULL WHERE id = $1', [organization.tenantId])
    expect(await told()).not.toBeNull()
    await look('UPDATE users SET is_super_admin = false WHERE id = $1', [sam.userId])
    expect(await told()).toBeNull()
  })
})

describe('what becomes of a session stands in the platform’s history', () => {
  const kept = () => look<{ action: string; user_id: string; subject: string; support_session_id: string }>(`SELECT action, user_id, subject, support_session_id, ip, user_agent, reason FROM platform_audit_events WHERE user_id = $1 AND action LIKE 'support.%' ORDER BY at, id`, [sam.userId])
  const actions = async () => (await kept()).map(({ action }) => action)
  const asOwner = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(organization.owner, work)

  test('whatever the organization decides, in the same transaction, and without who did', async () => {
    await policy('ask')
    await ask()
    const { id } = await newest()
    await expect(asOwner(async (scope) => {
      await decideSupport(scope, { id, decision: 'approve' })
      throw new Error('something else went wrong')
    })).rejects.toThrow('something else')
    expect(await actions()).toEqual(['support.requested'])
    await asOwner((scope) => decideSupport(scope, { id, decision: 'approve' }))
    await asOwner((scope) => endSupport(scope, { id }))
    expect(await actions()).toEqual(['support.requested', 'support.approved', 'support.ended_by_organization'])
    for (const row of await kept()) expect(row).toMatchObject({ user_id: sam.userId, subject: organization.tenantId, support_session_id: id, ip: null, user_agent: null })
    expect(JSON.stringify(await kept())).not.toContain(organization.owner.userId)
    await ask()
    const second = (await newest()).id
    await asOwner((scope) => decideSupport(scope, { id: second, decision: 'decline' }))
    await ask()
    const third = (await newest()).id
    await asOwner((scope) => endSupport(scope, { id: third }))
    expect((await actions()).slice(3)).toEqual(['support.requested', 'support.declined', 'support.requested', 'support.declined'])
  })

  test('that it refuses support altogether, of what was open and what was asked for', async () => {
    await ask()
    await policy('refuse')
    await policy('ask')
    await ask()
    await policy('refuse')
    expect(await actions()).toEqual(['support.started', 'support.ended_by_organization', 'support.requested', 'support.declined'])
  })

  test('what time does, once, and what whoever came does themselves', async () => {
    await ask()
    await timeIsOver()
    await expireSupport()
    await expireSupport()
    await policy('ask')
    await ask()
    await endMySupport(sam.token, (await newest()).id)
    await ask()
    await lapse()
    await expireSupport()
    await policy('allow')
    await ask()
    await endMySupport(sam.token, (await newest()).id)
    expect(await actions()).toEqual(['support.started', 'support.expired', 'support.requested', 'support.withdrawn', 'support.requested', 'support.lapsed', 'support.started', 'support.ended'])
    const [first] = (await listAllSupport(sam.token)).filter(({ isMine }) => isMine)
    expect(first).toMatchObject({ events: 2 })
    const { rows } = await listPlatformEvents(sam.token, platformAuditFilterSchema.parse({ support: first!.id }), 'UTC')
    expect(rows.map(({ action, subjectKind }) => [action, subjectKind])).toEqual([['support.ended', 'organization'], ['support.started', 'organization']])
  })
})

describe('what is over is over before it is swept', () => {
  test('a request of a day ago blocks no new one, is shown as over, and cannot be answered, ended or taken back', async () => {
    await policy('ask')
    await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'support_open' })
    const { id } = await newest()
    await lapse()
    expect(await newest()).toMatchObject({ id, status: 'expired' })
    expect((await listAllSupport(sam.token)).find((one) => one.id === id)).toMatchObject({ status: 'expired' })
    expect((await readOrganization(sam.token, organization.tenantId)).support).toMatchObject([{ id, status: 'expired', startsAt: null, events: 1 }])
    expect(await withTenant(organization.owner, openSupport)).toEqual([])
    for (const attempt of [decideSupport, endSupport]) await expect(withTenant(organization.owner, (scope) => attempt(scope, { id, decision: 'approve' }))).rejects.toMatchObject({ status: 409, code: 'support_over' })
    expect(await endMySupport(sam.token, id)).toBe('over')
    await expect(ask()).resolves.toMatchObject({ state: 'requested' })
    const second = (await newest()).id
    await expireSupport()
    expect(await look('SELECT id, status, ended_by FROM support_sessions WHERE tenant_id = $1 ORDER BY created_at', [organization.tenantId])).toEqual([{ id, status: 'expired', ended_by: 'time' }, { id: second, status: 'requested', ended_by: null }])
  })

  test('a session whose time was over is ended by nobody, nor by a policy that comes later', async () => {
    await ask()
    await timeIsOver()
    const { id } = await newest()
    expect(await endMySupport(sam.token, id)).toBe('over')
    await expect(withTenant(organization.owner, (scope) => endSupport(scope, { id }))).rejects.toMatchObject({ code: 'support_over' })
    await policy('refuse')
    await expireSupport()
    expect(await newest()).toMatchObject({ status: 'expired', endedBy: 'time' })
  })
})
