import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { auditFilterSchema, listAuditEvents } from '@/lib/audit/audit-list'
import { ConflictError } from '@/lib/errors'
import { listDeleted, restoreOrganization } from '@/lib/organizations/deletion'
import { readUsage } from '@/lib/plans/limits'
import { findMember } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { ask } from '@/lib/platform/ask'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject } from '@/lib/testing/make-project'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { withEnv } from '@/lib/testing/with-env'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { cancelOrganization, changeOrganization, createOrganization, listOrganizations, readOrganization, setLimit, setModule, setPlan } from './organizations'
import { createOrganizationSchema, organizationFilterSchema, setLimitSchema } from './schema'

let organization: TestOrganization, other: TestOrganization, sam: SuperAdmin, id: string
beforeEach(async () => {
  ;[organization, other, sam] = [await makeOrganization({ name: `Zinc ${uuidv7()}` }), await makeOrganization(), await makeSuperAdmin()]
  id = organization.tenantId
})
afterAll(closeConnections)

const WHY = 'The invoices of two months are open'
const filter = (more: object) => organizationFilterSchema.parse(more)
const stateOf = async (of = id) => (await readOrganization(sam.token, of)).state
const sessionOf = async (userId: string) => (await withPerson(userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))).token
const platformEvents = (about = id) => look<{ action: string; reason: string | null; user_id: string }>('SELECT action, reason, user_id FROM platform_audit_events WHERE subject = $1 ORDER BY at, id', [about])
const history = () => withTenant(organization.owner, (scope) => listAuditEvents(scope, auditFilterSchema.parse({ by: 'system' })))

describe('who is no super-admin', () => {
  const STRANGERS: [string, () => Promise<string>][] = [['an owner', () => sessionOf(organization.owner.userId)], ['a super-admin without a second factor', async () => (await makeSuperAdmin({ hasFactor: false })).token], ['a made-up session', () => Promise.resolve('no-such-session')]]
  test.each(STRANGERS)('%s finds nothing here and changes nothing', async (_, tokenOf) => {
    const token = await tokenOf()
    const attempts: (() => Promise<unknown>)[] = [() => listOrganizations(token, filter({})), () => readOrganization(token, id), () => changeOrganization(token, { id, act: 'suspend', reason: WHY }), () => setPlan(token, { id, plan: 'free' }), () => setLimit(token, { id, key: 'members', mode: 'none', value: '' }), () => setModule(token, { id, module: 'projects', enabled: false })]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ status: 404 })
    await expect(createOrganization(token, createOrganizationSchema.parse({ name: 'Not made', email: 'x@example.test' }))).rejects.toMatchObject({ status: 404 })
    expect(await stateOf()).toBe('active')
    expect(await platformEvents()).toEqual([])
  })
})

describe('listOrganizations', () => {
  test('finds by the beginning of name, address or code, and by state and plan; with counters alone', async () => {
    await makeProject(organization.owner)
    const { name, code } = await readOrganization(sam.token, id)
    for (const q of [name.slice(0, 30).toUpperCase(), organization.slug, code.toLowerCase()]) expect((await listOrganizations(sam.token, filter({ q }))).rows, q).toEqual([expect.objectContaining({ id, members: 1, projects: 1, state: 'active', planKey: 'enterprise' })])
    expect((await listOrganizations(sam.token, filter({ q: name, state: 'suspended' }))).rows).toEqual([])
    expect((await listOrganizations(sam.token, filter({ q: name, plan: 'free' }))).rows).toEqual([])
    expect((await listOrganizations(sam.token, filter({ q: '%' }))).rows).toEqual([])
  })

  test('goes on page by page, each organization once', async () => {
    const total = Number((await look<{ count: string }>('SELECT count(*) FROM organizations'))[0]!.count)
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const { rows, next }: Awaited<ReturnType<typeof listOrganizations>> = await listOrganizations(sam.token, filter({ after }))
      seen.push(...rows.map((row) => row.id))
      if (!next || seen.length > total + 200) break
      after = next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining([id, other.tenantId]))
  })
})

describe('changeOrganization', () => {
  test('suspended: members are told why, data stays, both histories say who; then it goes on', async () => {
    const token = await sessionOf(organization.owner.userId)
    await changeOrganization(sam.token, { id, act: 'suspend', reason: WHY })
    expect(await findMember(token, organization.slug)).toMatchObject({ state: 'closed', organization: { status: 'suspended', reason: WHY } })
    expect(await look(`SELECT data->>'what' AS what, data->>'reason' AS reason FROM mails WHERE to_address = (SELECT email FROM users WHERE id = $1) AND kind = 'organization_state'`, [organization.owner.userId])).toEqual([{ what: 'suspend', reason: WHY }])
    await changeOrganization(sam.token, { id, act: 'resume' })
    expect(await findMember(token, organization.slug)).toMatchObject({ state: 'member' })
    expect((await platformEvents()).map(({ action, reason, user_id }) => [action, reason, user_id])).toEqual([['organization.suspended', WHY, sam.userId], ['organization.resumed', null, sam.userId]])
    const { events } = await history()
    expect(events.find(({ action }) => action === 'organization.suspended')).toMatchObject({ actorKind: 'system', changes: { reason: [null, WHY], support: [null, 'Sam Reyes'] } })
  })

  test('cancelled: gone at once, its owner cannot bring it back, the platform can for 30 days', async () => {
    const token = await sessionOf(organization.owner.userId)
    await expect(cancelOrganization(sam.token, { id, reason: WHY, confirmation: other.slug })).rejects.toMatchObject({ status: 422 })
    await cancelOrganization(sam.token, { id, reason: WHY, confirmation: organization.slug })
    expect(await findMember(token, organization.slug)).toMatchObject({ state: 'unknown' })
    expect(await listDeleted(organization.owner.userId)).toEqual([])
    await expect(restoreOrganization(organization.owner.userId, id, NO_VISITOR)).rejects.toMatchObject({ status: 404 })
    const { purgeAfter, deletedAt } = await readOrganization(sam.token, id)
    expect(new Date(purgeAfter!).getTime() - new Date(deletedAt!).getTime()).toBe(30 * 86_400_000)
    await changeOrganization(sam.token, { id, act: 'restore' })
    expect(await findMember(token, organization.slug)).toMatchObject({ state: 'member' })
    await cancelOrganization(sam.token, { id, reason: WHY, confirmation: organization.slug })
    await look(`UPDATE organizations SET purge_after = now() - interval '1 second' WHERE id = $1`, [id])
    await expect(changeOrganization(sam.token, { id, act: 'restore' })).rejects.toMatchObject({ code: 'wrong_state' })
  })

  test.each([
    ['active', ['resume', 'restore']], ['trial', ['resume', 'restore']], ['suspended', ['suspend', 'restore']], ['cancelled', ['suspend', 'resume', 'cancel']], ['deleted', ['suspend', 'resume', 'cancel']],
  ] as const)('when it is %s it refuses %s', async (state, acts) => {
    await look('UPDATE organizations SET status = $2, deleted_at = $3, purge_after = $3::timestamptz + interval \'30 days\' WHERE id = $1', [id, state === 'deleted' ? 'active' : state, state === 'cancelled' || state === 'deleted' ? new Date() : null])
    for (const act of acts) await expect(changeOrganization(sam.token, { id, act, reason: WHY }), act).rejects.toMatchObject({ status: 409, code: 'wrong_state' })
    expect(await stateOf()).toBe(state)
    expect(await platformEvents()).toEqual([])
  })

  test('nothing is taken away without a reason; of two at once one is done', async () => {
    await expect(changeOrganization(sam.token, { id, act: 'suspend', reason: 'because' })).rejects.toMatchObject({ status: 422 })
    const answers = await Promise.allSettled([1, 2, 3].map(() => changeOrganization(sam.token, { id, act: 'suspend', reason: WHY })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(ConflictError)
    expect(await stateOf(other.tenantId)).toBe('active')
  })
})

describe('plan, limits and modules', () => {
  test('act at once, on this organization alone, and stand in both histories', async () => {
    await setPlan(sam.token, { id, plan: 'basic' })
    await setLimit(sam.token, { id, key: 'members', mode: 'own', value: 70 })
    await setLimit(sam.token, { id, key: 'projects', mode: 'none', value: '' })
    await setModule(sam.token, { id, module: 'projects', enabled: false })
    const max = async (of: TestOrganization) => Object.fromEntries((await withTenant(of.owner, readUsage)).map((row) => [row.key, row.max]))
    expect(await max(organization)).toMatchObject({ members: 70, projects: null, storage_mb: 2000 })
    expect(await max(other)).toMatchObject({ members: null, storage_mb: null })
    expect(await readOrganization(sam.token, id)).toMatchObject({ planKey: 'basic', modules: expect.not.arrayContaining(['projects']) })
    await setLimit(sam.token, { id, key: 'members', mode: 'plan', value: '' })
    expect(await max(organization)).toMatchObject({ members: 10 })
    expect((await platformEvents()).map(({ action }) => action)).toEqual(['organization.plan_changed', 'organization.limit_changed', 'organization.limit_changed', 'module.disabled', 'organization.limit_changed'])
    expect((await history()).events.map(({ action }) => action).sort()).toEqual(['module.disabled', 'organization.limit_changed', 'organization.limit_changed', 'organization.limit_changed', 'organization.plan_changed'])
    await setModule(sam.token, { id, module: 'projects', enabled: false })
    expect(await platformEvents()).toHaveLength(5)
  })

  test('so does what it may ask for in a minute and an hour; none of it is no limit, and the role of the platform alone sets nothing', async () => {
    await setPlan(sam.token, { id, plan: 'basic' })
    await setLimit(sam.token, setLimitSchema.parse({ id, key: 'requests_per_minute', mode: 'own', value: '40', was: 'plan' }))
    await ask('add_load($1, $2)', [JSON.stringify([{ organization_id: id, requests: 7, refused: 0, statement_ms: 2_500, exported_rows: 11 }]), new Date()])
    const load = (await readOrganization(sam.token, id)).usage.slice(-3)
    expect(load).toEqual([{ key: 'requests_per_minute', used: 7, max: 40, isOwn: true }, { key: 'statement_seconds_per_minute', used: 2, max: 120, isOwn: false }, { key: 'exported_rows_per_hour', used: 11, max: 200_000, isOwn: false }])
    expect(setLimitSchema.safeParse({ id, key: 'requests_per_minute', mode: 'own', value: '0', was: 'plan' }).success).toBe(false)
    expect(setLimitSchema.safeParse({ id, key: 'members', mode: 'own', value: '0', was: 'plan' }).success).toBe(true)
    await expect(ask('set_limit($1, $2, $3, $4)', [id, 'members', 900, new Date()])).rejects.toMatchObject({ code: '42501' })
  })

  test('what a colleague has changed meanwhile is not overwritten unseen; what is set already is no quarrel', async () => {
    const kim = await makeSuperAdmin()
    const limit = { id, key: 'members' as const, mode: 'own' as const }
    await setLimit(kim.token, { ...limit, value: 70, was: 'plan' })
    await expect(setLimit(sam.token, { ...limit, value: 20, was: 'plan' })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere', detail: { current: { was: '70', max: 70 } } })
    await expect(setLimit(sam.token, { id, key: 'members', mode: 'plan', value: '', was: 'none' })).rejects.toMatchObject({ code: 'changed_elsewhere' })
    await setLimit(sam.token, { ...limit, value: 70, was: 'plan' })
    await setLimit(sam.token, { id, key: 'members', mode: 'none', value: '', was: '70' })
    await expect(setLimit(kim.token, { ...limit, value: 30, was: '70' })).rejects.toMatchObject({ detail: { current: { was: 'none', max: null } } })
    const { planKey } = await readOrganization(sam.token, id)
    await setPlan(kim.token, { id, plan: 'basic', was: planKey })
    await expect(setPlan(sam.token, { id, plan: 'free', was: planKey })).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere', detail: { current: { was: 'basic' } } })
    expect((await readOrganization(sam.token, id)).planKey).toBe('basic')
    await setPlan(sam.token, { id, plan: 'basic', was: planKey })
    await setPlan(sam.token, { id, plan: 'free', was: 'basic' })
  })

  test('a plan or module that is none is refused; a trial ends with a plan that is paid', async () => {
    await expect(setPlan(sam.token, { id, plan: 'golden' })).rejects.toMatchObject({ status: 422 })
    await expect(setModule(sam.token, { id, module: 'constructor', enabled: true })).rejects.toMatchObject({ status: 422 })
    await look(`UPDATE organizations SET status = 'trial', plan_key = 'free' WHERE id = $1`, [id])
    await setPlan(sam.token, { id, plan: 'basic' })
    expect(await stateOf()).toBe('active')
  })
})

describe('createOrganization', () => {
  const create = (more: object = {}) => createOrganization(sam.token, createOrganizationSchema.parse({ name: 'Larch & Co', email: `new-${uuidv7()}@example.test`, ...more }))

  test('for somebody new: an account that only the link opens, shown once where no mail is sent', async () => {
    const { id: made, link } = await withEnv({ MAILBOX: '0' }, () => create())
    expect(link).toMatch(/\/reset-password\/[\w-]{43}$/)
    const facts = await readOrganization(sam.token, made)
    expect(facts).toMatchObject({ name: 'Larch & Co', state: 'trial', planKey: 'free', owners: [expect.objectContaining({ status: 'active' })], modules: expect.arrayContaining(['projects']) })
    expect(facts.slug).toMatch(/^larch-co/)
    expect(facts.code).toMatch(/^[A-HJ-NP-Z2-9]{9}$/)
    expect((await platformEvents(made)).map(({ action }) => action)).toEqual(['organization.created'])
    expect(await look('SELECT actor_kind FROM audit_events WHERE tenant_id = $1', [made])).toEqual([{ actor_kind: 'system' }])
  })

  test('for somebody who has an account: they own it, are told, and nothing else of theirs changes', async () => {
    const owner = await makeJoiner(`${uuidv7()}@example.test`, { name: 'Linh Tran' })
    const { id: made, link } = await withEnv({ MAILBOX: '1' }, () => create({ email: owner.email.toUpperCase(), plan: 'basic' }))
    expect(link).toBeNull()
    expect(await readOrganization(sam.token, made)).toMatchObject({ state: 'active', planKey: 'basic', owners: [{ id: owner.userId, name: 'Linh Tran' }] })
    expect(await look(`SELECT data->>'isNew' AS new FROM mails WHERE to_address = $1 AND kind = 'organization_given'`, [owner.email])).toEqual([{ new: 'false' }])
    expect(await look('SELECT FROM one_time_tokens WHERE user_id = $1', [owner.userId])).toEqual([])
  })

  test('not for an account that is closed, nor for an address that may not come in', async () => {
    const owner = await makeJoiner(`${uuidv7()}@example.test`)
    await look(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [owner.userId])
    await expect(create({ email: owner.email })).rejects.toMatchObject({ status: 422, fields: { email: [expect.any(String)] } })
    await withEnv({ ALLOWED_ADDRESSES: ['fern.example'] }, () => expect(create()).rejects.toMatchObject({ status: 422 }))
    expect(() => createOrganizationSchema.parse({ name: '', email: 'nobody' })).toThrow()
  })
})
