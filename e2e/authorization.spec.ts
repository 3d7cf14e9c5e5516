import { type APIRequestContext, expect, request, test } from '@playwright/test'
import { completeCast, FOREIGN, MEMBERS, ORGANIZATION, OUTSIDERS, putOut, type MemberRole, type Outsider } from './support/actors'
import { callAction, listActions, listRoutes } from './support/actions'
import { BASE, clientOf } from './support/people'
import { ACTIONS, ROUTES, samples } from './support/authorization-table'

/**
 * Every page, route handler and server action of the build × every kind of person × their own organization, another one
 * and none at all. What is missing from the table fails; what the table says and the server does not, fails.
 */
const clients = new Map<string, APIRequestContext>()
let attempts = 0

test.beforeAll(async () => {
  await completeCast()
  for (const email of new Set([...Object.values(MEMBERS), ...Object.values(OUTSIDERS)])) clients.set(email ?? '', await clientOf(email))
  await putOut()
})
test.afterAll(async () => {
  await Promise.all([...clients.values()].map((api) => api.dispose()))
  console.info(`authorization matrix: ${attempts} attempts`)
})

test('the table names exactly the routes and actions of the build', () => {
  expect(Object.keys(ROUTES).sort()).toEqual(listRoutes().sort())
  expect(Object.keys(ACTIONS).sort()).toEqual(listActions().map(({ name }) => name).sort())
})

for (const [route, { path, members, outsiders, signedOut }] of Object.entries(ROUTES)) {
  test(`route ${route}`, async () => {
    for (const [role, email] of Object.entries(MEMBERS) as [MemberRole, string][]) {
      const answer = await clients.get(email)!.get(path(ORGANIZATION))
      attempts++
      expect(answer.status(), `${role} on ${path(ORGANIZATION)}`).toBe(members[role])
      if (!path('x').includes('x')) continue
      for (const other of [FOREIGN, 'no-such-organization']) {
        const denied = await clients.get(email)!.get(path(other))
        attempts++
        expect(denied.status(), `${role} on ${path(other)}`).toBe(404)
      }
    }
    for (const [who, email] of Object.entries(OUTSIDERS) as [Outsider, string | undefined][]) {
      const answer = await clients.get(email ?? '')!.get(path(ORGANIZATION))
      attempts++
      expect(answer.status(), `${who} on ${path(ORGANIZATION)}`).toBe(who === 'signed out' || who === 'deactivated' ? signedOut : outsiders)
    }
  })
}

for (const action of listActions().filter(({ name }) => !name.endsWith('#signOut'))) {
  const { name } = action
  test(`action ${name}`, async () => {
    const entry = ACTIONS[name]
    if (!entry) throw new Error(`${name} is missing from the table.`)
    const { input, allowed, fresh } = entry
    for (const [role, email] of Object.entries(MEMBERS) as [MemberRole, string][]) {
      const payload = { ...(await input(await samples(ORGANIZATION, fresh))), organization: ORGANIZATION }
      const answer = await callAction(clients.get(email)!, action, [{ status: 'idle' }, payload])
      attempts++
      expect(answer.status(), `${role}: ${(await answer.text()).slice(-300)}`).toBe(allowed[role])
    }
    const own = await samples(ORGANIZATION, fresh)
    const foreign = await samples(FOREIGN, false)
    for (const [who, email] of Object.entries(OUTSIDERS) as [Outsider, string | undefined][]) {
      const answer = await callAction(clients.get(email ?? '')!, action, [{ status: 'idle' }, { ...(await input(own)), organization: ORGANIZATION }])
      attempts++
      expect(answer.status(), who).toBe(who === 'signed out' || who === 'deactivated' ? 401 : 404)
    }
    // The owner's own organization with ids of another one, and another organization with its own ids.
    const owner = clients.get(MEMBERS.owner)!
    const nested = await callAction(owner, action, [{ status: 'idle' }, { ...(await input(foreign)), organization: ORGANIZATION }])
    const elsewhere = await callAction(owner, action, [{ status: 'idle' }, { ...(await input(foreign)), organization: FOREIGN }])
    attempts += 2
    expect([404, 422], `foreign ids: ${nested.status()}`).toContain(entry.hasIds ? nested.status() : 404)
    expect(elsewhere.status()).toBe(404)
  })
}

test('signing out ends the session itself, not only the cookie', async () => {
  const action = listActions().find(({ name }) => name.endsWith('#signOut'))!
  const api = await clientOf(MEMBERS.member)
  const kept = await api.storageState()
  expect((await callAction(api, action, [])).ok()).toBe(true)
  const copy = await request.newContext({ baseURL: BASE, maxRedirects: 0, storageState: kept })
  expect((await copy.get(`/${ORGANIZATION}`)).status()).toBe(307)
})

test('an action refuses requests that do not come from the application', async () => {
  const owner = clients.get(MEMBERS.owner)!
  const action = listActions().find(({ name }) => name.endsWith('#addLabel'))!
  const call = (headers: Record<string, string>) => callAction(owner, action, [{ status: 'idle' }, { organization: ORGANIZATION, name: 'from elsewhere' }], headers)
  for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'http://localhost']) expect((await call({ Origin: origin })).status(), origin).toBe(403)
  expect((await call({ Origin: '' })).status()).toBe(403)
})
