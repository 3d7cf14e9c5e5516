import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isListedByPlatform } from '@/lib/access/platform-allowlist'
import { forgetAnnouncements, listAnnouncements } from '@/lib/announcements/announcements'
import { mayFoundAnother } from '@/lib/organizations/another-organization'
import { findMember, findPerson } from '@/lib/platform/directory'
import { maySignUp } from '@/lib/platform/settings'
import { SWITCHES } from '@/lib/switches/keys'
import { isEnabled } from '@/lib/switches/switches'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { withEnv } from '@/lib/testing/with-env'
import { v7 as uuidv7 } from '@/lib/uuid'
import { announceSchema, overrideFilterSchema, saveSettingsSchema, startOfMinute } from './schema-settings'
import { announce, endAnnouncement, listAllAnnouncements, listOverrides, readConsoleSettings, saveSettings, setSwitch } from './settings'

// What is set here holds for everybody.
let close: () => Promise<void>, sam: SuperAdmin, organization: TestOrganization, other: TestOrganization
beforeAll(async () => {
  ;({ close } = await useOwnDatabase())
}, 120_000)
afterAll(() => close())
beforeEach(async () => {
  await look('DELETE FROM platform_settings')
  await look('DELETE FROM announcements')
  forgetAnnouncements()
  ;[sam, organization, other] = [await makeSuperAdmin(), await makeOrganization(), await makeOrganization()]
})

/** As a release that does not say what it has read, unless a version is given. */
const save = (more: { version?: number; [field: string]: unknown }, token = sam.token) => saveSettings(token, { ...saveSettingsSchema.parse({ version: 1, ...more }), version: more.version })
const events = (action: string) => look<{ reason: string }>('SELECT reason FROM platform_audit_events WHERE action = $1 ORDER BY at, id', [action])

describe('sign-up and who may come in', () => {
  test.each([
    ['nothing anywhere', undefined, '', false], ['open in the console', undefined, 'open', true], ['open in the environment', 'open', '', true], ['closed in the console', 'open', 'closed', false],
  ] as const)('%s', async (_, environment, signUp, expected) => {
    await withEnv({ SIGN_UP: environment }, async () => {
      await save({ signUp })
      expect(await maySignUp()).toBe(expected)
    })
  })

  test('what the environment closes stays closed, whom it does not list stays out', async () => {
    await withEnv({ SIGN_UP: 'closed' }, async () => {
      await expect(save({ signUp: 'open' })).rejects.toMatchObject({ status: 422, fields: { signUp: [expect.any(String)] } })
      await look(`INSERT INTO platform_settings (sign_up) VALUES ('open')`)
      expect(await maySignUp()).toBe(false)
    })
    await withEnv({ ALLOWED_ADDRESSES: ['fern.example'] }, async () => {
      await expect(save({ allowed: 'ada@fern.example\nelse.example' })).rejects.toMatchObject({ status: 422, fields: { allowed: [expect.stringContaining('else.example')] } })
      await save({ allowed: 'ada@fern.example' })
      expect(await Promise.all(['ada@fern.example', 'bo@fern.example', 'ada@else.example'].map((address) => isListedByPlatform(address)))).toEqual([true, false, false])
    })
  })

  test('whoever is not listed is out on the next request, and back when the list is empty; super-admins stay', async () => {
    const nora = await makeJoiner(`nora-${uuidv7()}@out.example`)
    await look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, onboarding_done_at) VALUES ($1, gen_random_uuid(), $2, 'Nora', 'member', now())`, [organization.tenantId, nora.userId])
    await save({ allowed: '@In.example, sub.out.example' })
    expect(await findPerson(nora.token)).toBeNull()
    expect(await findMember(nora.token, organization.slug)).toEqual({ state: 'signed-out' })
    expect(await findPerson(sam.token)).not.toBeNull()
    await save({ allowed: nora.email })
    expect(await findMember(nora.token, organization.slug)).toMatchObject({ state: 'member' })
    await save({})
    expect(await isListedByPlatform('anybody@else.example')).toBe(true)
    expect((await events('platform.settings_changed')).map(({ reason }) => reason)).toContain('may come in: all → in.example, sub.out.example')
  })

  test('who has read older ones overwrites nothing unseen', async () => {
    const { version } = await readConsoleSettings(sam.token)
    const kim = await makeSuperAdmin()
    expect(await save({ contact: 'kim@example.com', version }, kim.token)).toEqual({ version: version + 1 })
    await expect(save({ contact: 'sam@example.com', version })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere', detail: { current: { contact: 'kim@example.com', signUp: '', allowed: [], version: version + 1 } } })
    expect(await readConsoleSettings(sam.token)).toMatchObject({ contact: 'kim@example.com', version: version + 1 })
    // A switch of somebody else is no reason to refuse.
    await setSwitch(kim.token, { key: 'presence', organization: null, enabled: false, was: 'standard' })
    await save({ contact: 'sam@example.com', version: version + 1 })
  })

  test('only super-admins read and change them; what cannot be an address is refused', async () => {
    const { token } = await makeJoiner(`${uuidv7()}@example.test`)
    for (const attempt of [() => readConsoleSettings(token), () => save({ signUp: 'open' }, token), () => setSwitch(token, { key: 'presence', organization: null, enabled: false }), () => listAllAnnouncements(token), () => announce(token, announceSchema.parse({ text: 'x' }), 'UTC')]) await expect(attempt()).rejects.toMatchObject({ status: 404 })
    for (const bad of [{ allowed: 'no address' }, { allowed: 'a@b' }, { contact: 'nobody' }, { signUp: 'maybe' }, { switches: {} }, { version: 0 }]) expect(() => saveSettingsSchema.parse({ version: 1, ...bad }), JSON.stringify(bad)).toThrow()
  })
})

test('a switch holds for all, or otherwise for one organization, from the next request on', async () => {
  expect(await isEnabled(organization.owner, 'presence')).toBe(SWITCHES.presence.standard)
  await setSwitch(sam.token, { key: 'presence', organization: null, enabled: false })
  await setSwitch(sam.token, { key: 'presence', organization: organization.tenantId, enabled: true })
  expect([await isEnabled(organization.owner, 'presence'), await isEnabled(other.owner, 'presence'), await isEnabled(null, 'presence')]).toEqual([true, false, false])
  expect((await listOverrides(sam.token, overrideFilterSchema.parse({ q: 'Test' }))).rows.filter(({ id }) => id === organization.tenantId)).toMatchObject([{ id: organization.tenantId, switches: { presence: true } }])
  await setSwitch(sam.token, { key: 'presence', organization: organization.tenantId, enabled: null })
  expect(await isEnabled(organization.owner, 'presence')).toBe(false)
  expect(await look(`SELECT count(*)::int AS n FROM audit_events WHERE tenant_id = $1 AND action = 'organization.switch_set'`, [organization.tenantId])).toEqual([{ n: 2 }])
  await withEnv({ SIGN_UP: 'open', MAILBOX: '1' }, async () => {
    expect(await mayFoundAnother()).toBe(true)
    await setSwitch(sam.token, { key: 'new_organizations', organization: null, enabled: false })
    expect(await mayFoundAnother()).toBe(false)
  })
})

test('a switch that somebody else has set meanwhile is not overwritten unseen; what is set already is no quarrel', async () => {
  const kim = await makeSuperAdmin()
  const switched = { key: 'presence' as const, organization: organization.tenantId }
  await setSwitch(kim.token, { ...switched, enabled: false, was: 'standard' })
  await expect(setSwitch(sam.token, { ...switched, enabled: true, was: 'standard' })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere', detail: { current: { was: 'off' } } })
  expect(await isEnabled(organization.owner, 'presence')).toBe(false)
  await setSwitch(sam.token, { ...switched, enabled: false, was: 'standard' })
  await setSwitch(sam.token, { ...switched, enabled: true, was: 'off' })
  expect(await isEnabled(organization.owner, 'presence')).toBe(true)
  const everywhere = { key: 'presence' as const, organization: null }
  await setSwitch(kim.token, { ...everywhere, enabled: true, was: 'standard' })
  await expect(setSwitch(sam.token, { ...everywhere, enabled: false, was: 'standard' })).rejects.toMatchObject({ detail: { current: { was: 'on' } } })
})

test('organizations that have a switch otherwise are found by name, page by page', async () => {
  const mark = `Otherwise ${uuidv7()}`
  const made: string[] = []
  for (let n = 0; n < 3; n++) {
    const { tenantId } = await makeOrganization()
    made.push(tenantId)
    await look('UPDATE organizations SET name = $2 WHERE id = $1', [tenantId, `${mark} ${n}`])
    await setSwitch(sam.token, { key: 'presence', organization: tenantId, enabled: n === 1, was: 'standard' })
  }
  await look(`INSERT INTO organizations (id, code, slug, name, kind, status, colour, plan_key, switches) SELECT gen_random_uuid(), 'S' || lpad(n::text, 8, '0'), 'switched-' || n, $1 || ' Z' || lpad(n::text, 3, '0'), 'team', 'active', '#000000', 'free', '{"presence": true}' FROM generate_series(1, 60) n`, [mark])
  const list = (more: object) => listOverrides(sam.token, overrideFilterSchema.parse({ q: mark.toUpperCase(), ...more }))
  const first = await list({})
  expect(first.rows).toHaveLength(50)
  expect(first.rows.slice(0, 3).map(({ id, switches }) => [id, switches])).toEqual(made.map((id, n) => [id, { presence: n === 1 }]))
  const second = await list({ after: first.next! })
  expect([new Set([...first.rows, ...second.rows].map(({ id }) => id)).size, second.next]).toEqual([63, null])
  expect((await list({ q: `${mark} 2` })).rows).toMatchObject([{ id: made[2] }])
  expect((await list({ q: 'no such name' })).rows).toEqual([])
  await setSwitch(sam.token, { key: 'presence', organization: made[2]!, enabled: null, was: 'off' })
  expect((await list({ q: `${mark} 2` })).rows).toEqual([])
  const { token } = await makeJoiner(`${uuidv7()}@example.test`)
  await expect(listOverrides(token, overrideFilterSchema.parse({}))).rejects.toMatchObject({ status: 404 })
})

describe('announcements', () => {
  const say = (more: object, zone = 'UTC') => announce(sam.token, announceSchema.parse({ text: 'Maintenance tonight', ...more }), zone)
  const seenBy = async (role: 'owner' | 'member', of = organization) => (await listAnnouncements({ tenantId: of.tenantId, role }, Date.now() + 1)).map(({ text }) => text)

  test('are seen by whom they are for, and by nobody once they are over', async () => {
    await say({ text: 'For all' })
    await say({ text: 'For admins', audience: 'admins', level: 'warning' })
    await say({ text: 'For one', organizations: organization.slug })
    await say({ text: 'To come', fromAt: '2099-01-01T10:00' })
    expect(await seenBy('owner')).toEqual(expect.arrayContaining(['For all', 'For admins', 'For one']))
    expect(await seenBy('owner')).toHaveLength(3)
    expect(await seenBy('member')).not.toContain('For admins')
    expect(await seenBy('member', other)).toEqual(['For all'])
    const [one] = (await listAllAnnouncements(sam.token)).filter(({ text }) => text === 'For all')
    await endAnnouncement(sam.token, one!.id)
    expect(await seenBy('member', other)).toEqual([])
    await expect(endAnnouncement(sam.token, one!.id)).rejects.toMatchObject({ status: 404 })
    expect((await events('announcement.made')).map(({ reason }) => reason)).toEqual(expect.arrayContaining(['For all', 'To come']))
  })

  test('are asked of the database once a minute', async () => {
    await say({})
    const now = Date.now() + 1
    expect(await listAnnouncements({ tenantId: organization.tenantId, role: 'viewer' }, now)).toHaveLength(1)
    await look('DELETE FROM announcements')
    expect(await listAnnouncements({ tenantId: organization.tenantId, role: 'viewer' }, now + 59_000)).toHaveLength(1)
    expect(await listAnnouncements({ tenantId: organization.tenantId, role: 'viewer' }, now + 60_000)).toEqual([])
  })

  test('are refused without words, for an organization that is none, or when they would be over', async () => {
    expect(() => announceSchema.parse({ text: '  ' })).toThrow()
    for (const odd of [{ organizations: '\0' }, { organizations: '\ud800' }, { fromAt: '0001-01-01T00:00' }, { untilAt: '9999-12-31T23:59' }]) expect(() => announceSchema.parse({ text: 'x', ...odd }), JSON.stringify(odd)).toThrow()
    expect(() => announceSchema.parse({ text: 'x'.repeat(501) })).toThrow()
    await expect(say({ organizations: `${organization.slug} no-such-place` })).rejects.toMatchObject({ status: 422, fields: { organizations: [expect.stringContaining('no-such-place')] } })
    await expect(say({ untilAt: '2020-01-01T00:00' })).rejects.toMatchObject({ status: 422 })
    await expect(say({ fromAt: '2099-01-02T00:00', untilAt: '2099-01-01T00:00' })).rejects.toMatchObject({ status: 422 })
    expect(startOfMinute('2026-07-01T09:30', 'Europe/Berlin').toISOString()).toBe('2026-07-01T07:30:00.000Z')
  })
})
