import { encode } from 'next-auth/jwt'
import { afterAll, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { tellLoad } from '@/lib/limits/budget'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeSuperAdmin } from '@/lib/testing/make-super-admin'
import { visitsOf } from '@/lib/testing/make-visit'
import { liveRoute } from './live-route'

let cookie = ''
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => ({ get: () => ({ value: cookie }) }) }))
afterAll(closeConnections)

test('who asks again and again what has changed uses up the requests of their organization', async () => {
  const { owner, slug } = await makeOrganization()
  const nora = await makeJoiner(`live-${slug}@example.test`)
  await asSetup(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, status, skip_onboarding) VALUES ($1, gen_random_uuid(), $2, 'Nora', 'viewer', 'active', true)`, [owner.tenantId, nora.userId])
  await asSetup(`INSERT INTO organization_limits (tenant_id, id, key, value) VALUES ($1, gen_random_uuid(), 'requests_per_minute', 5)`, [owner.tenantId])
  cookie = await encode({ token: { sid: nora.token }, secret: env().NEXTAUTH_SECRET })
  const ask = (query = '?once') => liveRoute(new Request(`http://localhost/api/v1/${slug}/live${query}`), slug)
  expect((await ask()).status).toBe(200)
  await tellLoad()
  const statuses: number[] = []
  for (let n = 0; n < 20; n++) statuses.push((await ask()).status)
  expect(statuses).toContain(429)
  const refused = await ask('')
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
})

test('support that asks what has changed without a page is written down', async () => {
  const [organization, sam] = [await makeOrganization(), await makeSuperAdmin()]
  const { policy, ask } = visitsOf(organization, sam)
  await policy('allow')
  await ask()
  cookie = await encode({ token: { sid: sam.token }, secret: env().NEXTAUTH_SECRET })
  const path = `/api/v1/${organization.slug}/live?once`
  expect((await liveRoute(new Request(`http://localhost${path}`), organization.slug)).status).toBe(200)
  expect(await look(`SELECT d.label FROM audit_events e JOIN audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id WHERE e.tenant_id = $1 AND e.action = 'support.page_opened'`, [organization.tenantId])).toEqual([{ label: path }])
})
