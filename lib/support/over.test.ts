import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { visitsOf } from '@/lib/testing/make-visit'
import { v7 as uuidv7 } from '@/lib/uuid'
import { endSupport, setSupportPolicy } from './organization-support'
import { endMySupport, expireSupport, findEndedSupport, requestSupport } from './platform-support'

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
