import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { createApiKey } from '@/lib/api-keys/api-keys'
import { createApiKeySchema } from '@/lib/api-keys/schema'
import { changeOrganization } from '@/lib/console/organizations'
import { mcpRoute } from '@/lib/mcp/mcp'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup, makePerson, makeVisitor, PASSWORD } from '@/lib/testing/make-person'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { signInByApi } from './api-sessions'
import { memberRoute } from './member-route'

let sent = new Headers()
vi.mock('next/headers', () => ({ headers: async () => sent, cookies: async () => ({ get: () => undefined }) }))

let organization: TestOrganization, sam: SuperAdmin, key: string, token: string
beforeEach(async () => {
  ;[organization, sam] = [await makeOrganization(), await makeSuperAdmin()]
  const { text } = await withTenant(organization.owner, (scope) => createApiKey(scope, createApiKeySchema.parse({ name: 'Script', scopes: ['mcp:execute', 'organization:read'] })))
  const person = await makePerson()
  await asSetup(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, status, skip_onboarding) VALUES ($1, gen_random_uuid(), $2, 'Script', 'member', 'active', true)`, [organization.tenantId, person.id])
  ;[key, token] = [text, (await signInByApi({ email: person.email, password: PASSWORD }, makeVisitor())).access_token]
})
afterAll(closeConnections)

const answerOf = async (bearer: string, ask: () => Promise<Response>) => {
  sent = new Headers({ authorization: `Bearer ${bearer}` })
  const answer = await ask()
  const body = (await answer.json().catch(() => ({}))) as { error?: { code: string; message: string } }
  return [answer.status, body.error?.code, body.error?.message]
}
const read = (slug = organization.slug) => () => memberRoute(slug, () => Promise.resolve({ fine: true }))
const tool = () => mcpRoute(new Request('http://localhost/api/mcp', { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }) }))
const all = async () => [await answerOf(key, read()), await answerOf(token, read()), await answerOf(key, tool)]

test('programs of a suspended organization are told so, by key, access token and tool alike; strangers are told nothing', async () => {
  const fine = [200, undefined, undefined]
  expect(await all()).toEqual([fine, fine, fine])
  await changeOrganization(sam.token, { id: organization.tenantId, act: 'suspend', reason: 'Bills of three months are open.' })
  const told = [403, 'organization_suspended', expect.stringContaining('suspended')]
  expect(await all()).toEqual([told, told, told])
  const other = await makeOrganization()
  expect(await answerOf(key, read(other.slug))).toEqual([404, 'not_found', expect.any(String)])
  const stranger = await makePerson()
  const theirs = (await signInByApi({ email: stranger.email, password: PASSWORD }, makeVisitor())).access_token
  expect(await answerOf(theirs, read())).toEqual(await answerOf(theirs, read('no-such-place')))
  await changeOrganization(sam.token, { id: organization.tenantId, act: 'resume' })
  expect(await all()).toEqual([fine, fine, fine])
})
