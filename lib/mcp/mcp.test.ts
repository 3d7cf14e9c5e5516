import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createApiKey } from '@/lib/api-keys/api-keys'
import { createApiKeySchema } from '@/lib/api-keys/schema'
import { UnavailableError } from '@/lib/errors'
import { performFor } from '@/lib/operations/perform'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { mcpRoute } from './mcp'

let sent = new Headers()
vi.mock('next/headers', () => ({ headers: async () => sent, cookies: async () => ({ get: () => undefined }) }))
vi.mock('@/lib/operations/perform', () => ({ performFor: vi.fn(async () => ({ fine: true })) }))

let organization: TestOrganization, member: Member
beforeAll(async () => {
  organization = await makeOrganization()
  member = await organization.add('member')
  const { text } = await withTenant(member, (scope) => createApiKey(scope, createApiKeySchema.parse({ name: 'Agent', scopes: ['mcp:execute', 'organization:read', 'tasks:read'], days: '30', ratePerHour: '1000' })))
  sent = new Headers({ authorization: `Bearer ${text}` })
})
afterEach(() => vi.restoreAllMocks())
afterAll(closeConnections)

const HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' }
const post = (body: unknown) => mcpRoute(new Request('http://localhost/api/mcp', { method: 'POST', headers: HEADERS, body: typeof body === 'string' ? body : JSON.stringify(body) }))
const calling = (id = 1) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'whoami', arguments: {} } })
const answerOf = async (response: Response) => (JSON.parse(/^data: (.*)$/m.exec(await response.text())![1]!) as { result: { structuredContent: Record<string, unknown> } }).result.structuredContent

test('one message is one call', async () => {
  expect(await answerOf(await post(calling()))).toEqual({ fine: true })
})

test('many messages in one are none', async () => {
  const before = vi.mocked(performFor).mock.calls.length
  for (const batch of [[calling(1), calling(2)], [calling()], []]) expect((await post(batch)).status).toBe(400)
  expect((await post('[{')).status).toBe(400)
  expect((await post(`{"a":"${'x'.repeat(300_000)}"}`)).status).toBe(413)
  expect(vi.mocked(performFor).mock.calls.length).toBe(before)
})

test('what goes wrong inside is said to nobody outside', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.mocked(performFor).mockRejectedValueOnce(new Error('relation "secret_table" is missing'))
  const answer = await answerOf(await post(calling()))
  expect(answer).toEqual({ error: { status: 500, code: 'internal', message: 'Something went wrong.' } })
  expect(String(logged.mock.calls[0]?.[0])).toContain('secret_table')
  vi.mocked(performFor).mockRejectedValueOnce(new UnavailableError(new Error('10.0.0.7 refused')))
  expect(await answerOf(await post(calling()))).toMatchObject({ error: { status: 503, code: 'unavailable' } })
})

test('whoever has become a viewer has no tools any more', async () => {
  await look(`UPDATE memberships SET role = 'viewer' WHERE tenant_id = $1 AND user_id = $2`, [organization.tenantId, member.userId])
  const answer = await post(calling())
  expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([403, 'forbidden'])
})
