import { randomBytes } from 'node:crypto'
import { type APIRequestContext, expect, request, test } from '@playwright/test'
import { completeCast, FOREIGN, MEMBERS, ORGANIZATION, OUTSIDERS, putOut, type MemberRole, type Outsider } from './support/actors'
import { callAction, listActions, listRoutes } from './support/actions'
import { BASE, clientOf } from './support/people'
import { ACTIONS } from './support/action-table'
import { ROUTES } from './support/authorization-table'
import { CONSOLE_ACTIONS, CONSOLE_ROUTES } from './support/console-table'
import { samples } from './support/samples'
import { PERSON_ACTIONS, type PersonSamples, PUBLIC_ACTIONS } from './support/person-table'
import { query } from './support/database'
import { v7 } from '../lib/uuid'
import { makePerson } from './support/make-person'


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
  expect([...Object.keys(ROUTES), ...Object.keys(CONSOLE_ROUTES)].sort()).toEqual(listRoutes().sort())
  expect([...Object.keys(ACTIONS), ...Object.keys(PERSON_ACTIONS), ...Object.keys(PUBLIC_ACTIONS), ...Object.keys(CONSOLE_ACTIONS)].sort()).toEqual(listActions().map(({ name }) => name).sort())
})

for (const [route, { path, members, outsiders, signedOut }] of Object.entries(ROUTES)) {
  test(`route ${route}`, async () => {
    for (const [role, email] of Object.entries(MEMBERS) as [MemberRole, string][]) {
      const answer = await clients.get(email)!.get(path(ORGANIZATION))
      attempts++
      expect(answer.status(), `${role} on ${path(ORGANIZATION)}`).toBe(members[role])
      if (path('x') === path('y')) continue
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

/** Actions that answer 200 without a change of the organization, and why. */
const WRITES_NOTHING: Record<string, string> = {
  weigh: 'it counts what would go', askForProbe: 'another of these tests has asked already',
  takePlan: 'the plan is this one already', saveOrganization: 'nothing differs', setModule: 'it is on already',
  readNotification: 'one’s own', readAllNotifications: 'one’s own', dropNotification: 'one’s own', snooze: 'one’s own', wake: 'one’s own',
}
const eventsOf = async (requestId: string) => (await query<{ count: number }>('SELECT count(*)::int AS count FROM audit_events WHERE request_id = $1', [requestId]))[0]!.count

for (const action of listActions().filter(({ name }) => name in ACTIONS && !name.endsWith('#signOut'))) {
  const { name } = action
  test(`action ${name}`, async () => {
    const entry = ACTIONS[name]!
    const { input, allowed, fresh } = entry
    for (const [role, email] of Object.entries(MEMBERS) as [MemberRole, string][]) {
      const payload = { ...(await input(await samples(ORGANIZATION, fresh, input))), organization: ORGANIZATION }
      const answer = await callAction(clients.get(email)!, action, [{ status: 'idle' }, payload])
      attempts++
      expect(answer.status(), `${role}: ${(await answer.text()).slice(-300)}`).toBe(allowed[role])
      // One request, and the history says of it: done and written down, or neither.
      const events = await eventsOf(answer.headers()['x-request-id']!)
      const isWrite = answer.status() === 200 && !(name.split('#')[1]! in WRITES_NOTHING)
      expect(isWrite ? events > 0 : events === 0 || answer.status() === 200, `${role}, ${answer.status()}: ${events} events`).toBe(true)
    }
    const own = await samples(ORGANIZATION, fresh, input)
    const foreign = await samples(FOREIGN, false, input)
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

for (const action of listActions().filter(({ name }) => name in PERSON_ACTIONS)) {
  test(`action ${action.name}`, async () => {
    const { input, status, foreignStatus } = PERSON_ACTIONS[action.name]!
    const [person, other] = [await makePerson('Matrix Own'), await makePerson('Matrix Other')]
    const [mine, theirs] = [await personSamples(person.id), await personSamples(other.id)]
    const api = await clientOf(person.email)
    const call = async (client: APIRequestContext, rows: typeof mine) => {
      attempts++
      return callAction(client, action, [{ status: 'idle' }, input(rows)])
    }
    for (const who of ['signed out', 'deactivated'] as const) expect((await call(clients.get(OUTSIDERS[who] ?? '')!, mine)).status(), who).toBe(401)
    // Behind a gate nothing is open but the gate itself.
    const passes = { passFactor: ['second_factor'], startPasskeyAnswer: ['second_factor', 'new_password'], prove: ['new_password'], replacePassword: ['new_password'] }[action.name.split('#')[1]!] ?? []
    for (const [name, sql] of [['second_factor', 'UPDATE sessions SET needs_factor = $2, factor_at = NULL WHERE user_id = $1'], ['new_password', 'UPDATE users SET must_change_password = $2 WHERE id = $1']] as const) {
      await query(sql, [person.id, true])
      const answer = await call(api, mine)
      if (!passes.includes(name)) expect(answer.status(), `at the gate ${name}`).toBe(403)
      else expect(answer.status()).not.toBe(403)
      await query(sql, [person.id, false])
    }
    if (foreignStatus) {
      expect((await call(api, theirs)).status(), 'ids of another person').toBe(foreignStatus)
      expect(await personSamples(other.id, false)).toEqual(theirs)
    }
    const answer = await call(api, mine)
    expect(answer.status(), (await answer.text()).slice(-300)).toBe(status)
    await api.dispose()
  })
}

for (const action of listActions().filter(({ name }) => name in PUBLIC_ACTIONS)) {
  test(`action ${action.name}`, async () => {
    const { input, status } = PUBLIC_ACTIONS[action.name]!
    for (const client of [clients.get('')!, clients.get(MEMBERS.member)!, clients.get(OUTSIDERS.deactivated)!]) {
      attempts++
      expect((await callAction(client, action, [{ status: 'idle' }, input()])).status()).toBe(status)
    }
  })
}

/** A session, a passkey and an identity of a person; made unless they are only looked for. */
async function personSamples(userId: string, fresh = true): Promise<PersonSamples> {
  if (fresh) {
    await query(`INSERT INTO sessions (id, user_id, token_hash, idle_expires_at, expires_at) VALUES ($1, $2, $3, now() + interval '1 hour', now() + interval '1 hour')`, [v7(), userId, randomBytes(32)])
    await query(`INSERT INTO passkeys (id, user_id, credential_id, public_key, name) VALUES ($1, $2, $3, $3, 'Matrix')`, [v7(), userId, randomBytes(32)])
    await query(`INSERT INTO user_identities (id, user_id, provider, issuer, subject) VALUES ($1, $2, 'oidc', 'https://matrix.example', $3)`, [v7(), userId, v7()])
  }
  const [row] = await query<PersonSamples>(
    `SELECT (SELECT email FROM users WHERE id = $1) AS email, (SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id LIMIT 1) AS session, (SELECT id FROM passkeys WHERE user_id = $1 LIMIT 1) AS passkey, (SELECT id FROM user_identities WHERE user_id = $1 LIMIT 1) AS identity`, [userId])
  return row!
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
