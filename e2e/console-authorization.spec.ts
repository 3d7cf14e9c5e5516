import { randomBytes } from 'node:crypto'
import { type APIRequestContext, expect, test } from '@playwright/test'
import { callAction, listActions } from './support/actions'
import { MEMBERS, OUTSIDERS } from './support/actors'
import { CONSOLE_ACTIONS, CONSOLE_ROUTES, type ConsoleSamples } from './support/console-table'
import { query } from './support/database'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { clientOf } from './support/people'
import { makeSuperAdmin } from './support/super-admin'

// Every page, route and action of the console × everybody: only who runs the installation, with a second factor, finds something.
let samples: ConsoleSamples, sam: APIRequestContext, bare: APIRequestContext
const others: [string, APIRequestContext][] = []

test.beforeAll(async () => {
  const [place, person, admin, without] = [await makePlace('invite_only'), await makePerson('Matrix Person'), await makeSuperAdmin(`Sam ${randomBytes(2).toString('hex')}`), await makeSuperAdmin('No Factor')]
  const [row] = await query<{ id: string }>('SELECT id FROM organizations WHERE slug = $1', [place.slug])
  samples = { organization: row!.id, slug: place.slug, person: person.id }
  ;[sam, bare] = [await clientOf(admin.email), await clientOf(without.email)]
  await admin.holdFactor()
  for (const [who, email] of [...Object.entries(MEMBERS).filter(([role]) => role === 'owner' || role === 'viewer'), ['owner elsewhere', OUTSIDERS['owner elsewhere']], ['signed out', undefined]] as [string, string | undefined][]) others.push([who, await clientOf(email)])
})
test.afterAll(async () => {
  await Promise.all([sam, bare, ...others.map(([, api]) => api)].map((api) => api.dispose()))
})

for (const [route, path] of Object.entries(CONSOLE_ROUTES)) {
  test(`route ${route}`, async () => {
    for (const [who, api] of others) expect((await api.get(path(samples))).status(), who).toBe(who === 'signed out' ? 307 : 404)
    const answer = await bare.get(path(samples))
    expect([answer.status(), answer.headers().location]).toEqual([307, expect.stringContaining('/account/security')])
    expect((await sam.get(path(samples))).status()).toBe(200)
  })
}

test('ids that are none are nothing here', async () => {
  for (const path of ['/admin/organizations/no-id', '/admin/people/018f0000-0000-7000-8000-00000000ffff']) expect((await sam.get(path)).status(), path).toBe(404)
})

// In the order of the table: what one suspends, the next resumes.
for (const [name, { input, status }] of Object.entries(CONSOLE_ACTIONS)) {
  test(`action ${name}`, async () => {
    const found = listActions().find((action) => action.name === name)!
    const action = { ...found, page: found.page.replace('/organizations/[id]', `/organizations/${samples.organization}`).replace('/people/[id]', `/people/${samples.person}`) }
    const call = (api: APIRequestContext) => callAction(api, action, [{ status: 'idle' }, input(samples)])
    for (const [who, api] of others) expect((await call(api)).status(), who).toBe(who === 'signed out' ? 401 : 404)
    expect((await call(bare)).status(), 'without a second factor').toBe(404)
    const answer = await call(sam)
    expect(answer.status(), (await answer.text()).slice(-300)).toBe(status)
  })
}

test('an act asks for a proof that is fresh', async () => {
  const admin = await makeSuperAdmin('Not Lately')
  const api = await clientOf(admin.email)
  await admin.holdFactor()
  await query(`UPDATE sessions SET proven_at = now() - interval '20 minutes' WHERE user_id = $1`, [admin.id])
  const action = listActions().find(({ name }) => name.endsWith('settings/actions.ts#changeSwitch'))!
  const answer = await callAction(api, { ...action, page: '/admin/settings' }, [{ status: 'idle' }, { key: 'presence', organization: '', enabled: 'standard', was: 'standard' }])
  expect([answer.status(), (await answer.text()).includes('prove_again')]).toEqual([403, true])
  await api.dispose()
})
