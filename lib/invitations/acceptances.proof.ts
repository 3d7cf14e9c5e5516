import { afterAll, expect, test } from 'vitest'
import { inviteSchema } from '@/lib/access/schema'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { acceptInvitation } from './acceptance'
import { createInvitation } from './invitations'

const ROUNDS = 100
afterAll(closeConnections)

test(`fifty take one invitation at once: ${ROUNDS} rounds`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const organization = await makeOrganization()
    const nora = await makeJoiner(`${uuidv7()}@example.test`)
    const { link } = await withTenant(organization.owner, (scope) => createInvitation(scope, inviteSchema.parse({ email: nora.email, delivery: 'link' })))
    const path = link!.split('/').at(-1)!
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => acceptInvitation(path, { userId: nora.userId, name: nora.name })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await look('SELECT status FROM memberships WHERE tenant_id = $1 AND user_id = $2', [organization.tenantId, nora.userId])).toEqual([{ status: 'active' }])
  }
  console.info(`invitations: ${ROUNDS} rounds of 50, one acceptance each time`)
})
