import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { type Joiner, look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { joinListing } from '@/lib/sign-in/provider-sign-in'
import { addAccessRule, setAccessRule, setJoinPolicy } from './access-rules'
import { joinByCode, joinOrganization, listListing } from './joining'
import type { JoinPolicy } from './schema'

let organization: TestOrganization
let code: string, domain: string
let nora: Joiner

beforeEach(async () => {
  organization = await makeOrganization()
  code = (await look<{ code: string }>('SELECT code FROM organizations WHERE id = $1', [organization.tenantId]))[0]!.code
  domain = `${organization.slug}.example`
  nora = await makeJoiner(`nora@${domain}`)
})
afterAll(closeConnections)

const policy = (wished: JoinPolicy) => withTenant(organization.owner, (scope) => setJoinPolicy(scope, { policy: wished }))
const list = (value: string, role: 'member' | 'field' | 'viewer' = 'member') => withTenant(organization.owner, (scope) => addAccessRule(scope, { value, role }))
const join = (joiner = nora, wishedRole?: 'viewer') => joinByCode(code, { userId: joiner.userId, name: joiner.name, email: joiner.email, wishedRole })
const seats = () => look<{ role: string; status: string }>('SELECT role, status FROM memberships WHERE tenant_id = $1 AND user_id <> $2', [organization.tenantId, organization.owner.userId])
const events = () => look<{ action: string; reason: string | null }>(`SELECT action, reason FROM audit_events WHERE tenant_id = $1 AND action LIKE 'member.%' ORDER BY at, id`, [organization.tenantId])

describe('joinByCode', () => {
  const JOINED = { outcome: 'joined', slug: expect.any(String) }
  const REFUSED = { outcome: 'refused', slug: null }
  const byPolicy: [JoinPolicy, { address: string; domain: string; nothing: string }][] = [
    ['invite_only', { address: 'refused', domain: 'refused', nothing: 'refused' }],
    ['listed_addresses', { address: 'joined', domain: 'refused', nothing: 'refused' }],
    ['listed_domains', { address: 'joined', domain: 'joined', nothing: 'refused' }],
    ['approval', { address: 'requested', domain: 'requested', nothing: 'requested' }],
  ]
  describe.each(byPolicy)('under %s', (wished, outcomes) => {
    test.each(['address', 'domain', 'nothing'] as const)('somebody listed by %s', async (by) => {
      await policy(wished)
      if (by !== 'nothing') await list(by === 'address' ? nora.email : domain, 'field')
      const { outcome } = await join()
      expect(outcome).toBe(outcomes[by])
      expect(await seats()).toEqual(outcome === 'joined' ? [{ role: 'field', status: 'active' }] : outcome === 'requested' ? [{ role: 'member', status: 'pending_approval' }] : [])
      expect(await events()).toEqual([outcome === 'refused' ? { action: 'member.join_refused', reason: `${wished}: ${nora.email}` } : { action: outcome === 'joined' ? 'member.joined' : 'member.join_requested', reason: null }])
    })
  })

  test('an address that nobody has confirmed is not listed', async () => {
    await policy('listed_domains')
    await list(domain)
    expect(await join(await makeJoiner(`other@${domain}`, { isVerified: false }))).toEqual(REFUSED)
    expect(await join()).toEqual(JOINED)
  })

  test('an unknown code and an organization that takes nobody in are answered alike, and the code is read as people type it', async () => {
    expect(await join()).toEqual(REFUSED)
    expect(await joinByCode('AAAAAAAAA', { userId: nora.userId, name: nora.name, email: nora.email })).toEqual(REFUSED)
    await policy('listed_addresses')
    await list(nora.email)
    expect(await joinByCode(` ${code.toLowerCase()} `, { userId: nora.userId, name: nora.name, email: nora.email })).toEqual(JOINED)
  })

  test('twice: still one membership, and the second answer says so', async () => {
    await policy('listed_addresses')
    await list(nora.email)
    await join()
    expect((await join()).outcome).toBe('already')
    expect(await seats()).toHaveLength(1)
    expect(await events()).toHaveLength(1)
  })

  test('asking ten times writes to the owners and into the history once', async () => {
    await policy('approval')
    for (let n = 0; n < 10; n++) expect((await join()).outcome).toBe('requested')
    expect(await events()).toHaveLength(1)
    expect(await look(`SELECT id FROM mails WHERE kind = 'join_requested' AND data ->> 'email' = $1`, [nora.email])).toHaveLength(1)
  })

  test('the role of the rule, and of an address before its domain, whatever is wished', async () => {
    await policy('listed_domains')
    await list(domain, 'member')
    await list(nora.email, 'viewer')
    await join()
    expect(await seats()).toEqual([{ role: 'viewer', status: 'active' }])
  })

  test('a wish counts where somebody approves, and only up to member', async () => {
    await policy('approval')
    await join(nora, 'viewer')
    expect(await seats()).toEqual([{ role: 'viewer', status: 'pending_approval' }])
    const greedy = await makeJoiner(`greedy@${domain}`)
    await expect(joinByCode(code, { userId: greedy.userId, name: greedy.name, email: greedy.email, wishedRole: 'owner' })).rejects.toThrow()
    expect(await seats()).toHaveLength(1)
  })

  test.each([['removed', 'refused'], ['declined', 'refused'], ['suspended', 'refused'], ['pending_approval', 'requested']])('somebody %s stays so: %s', async (status, outcome) => {
    await policy('listed_domains')
    await list(domain)
    await join()
    await look('UPDATE memberships SET status = $2 WHERE user_id = $1', [nora.userId, status])
    expect((await join()).outcome).toBe(outcome)
    expect(await seats()).toEqual([{ role: 'member', status }])
  })

  test('a wrong code costs an attempt, a right one none', async () => {
    await policy('listed_addresses')
    await list(nora.email)
    for (let n = 0; n < 12; n++) expect(['joined', 'already']).toContain((await join()).outcome)
    for (let n = 0; n < 10; n++) await joinByCode('AAAAAAAAA', { userId: nora.userId, name: nora.name, email: nora.email })
    await expect(joinByCode('AAAAAAAAA', { userId: nora.userId, name: nora.name, email: nora.email })).rejects.toMatchObject({ status: 429 })
  })
})

describe('a rule that is switched off', () => {
  test('shuts out at once whom it let in, and nobody else; another rule lets them back with its role', async () => {
    await policy('listed_domains')
    const { id } = await list(domain, 'member')
    await join()
    const invited = await organization.add('viewer')
    expect((await nora.at(organization.slug)).state).toBe('member')
    await withTenant(organization.owner, (scope) => setAccessRule(scope, { id, isActive: false }))
    expect((await nora.at(organization.slug)).state).toBe('unknown')
    expect(await look('SELECT status FROM memberships WHERE user_id = $1', [invited.userId])).toEqual([{ status: 'active' }])
    expect((await join()).outcome).toBe('refused')
    await list(nora.email, 'viewer')
    expect((await join()).outcome).toBe('joined')
    expect(await nora.at(organization.slug)).toMatchObject({ state: 'member', member: { role: 'viewer' } })
  })

  test('a role that people gave outlives it: another rule does not make an owner a member', async () => {
    await policy('listed_domains')
    const { id } = await list(domain, 'member')
    await join()
    await look(`UPDATE memberships SET role = 'owner' WHERE user_id = $1`, [nora.userId])
    await withTenant(organization.owner, (scope) => setAccessRule(scope, { id, isActive: false }))
    await list(nora.email, 'viewer')
    await join()
    expect(await nora.at(organization.slug)).toMatchObject({ state: 'member', member: { role: 'owner' } })
  })
})

describe('listings', () => {
  test('name the organizations of a confirmed address, by whole domain, and only those that take people in so', async () => {
    await list(domain, 'viewer')
    expect(await listListing(nora.email)).toEqual([])
    await policy('listed_domains')
    expect(await listListing(nora.email)).toMatchObject([{ tenantId: organization.tenantId, role: 'viewer' }])
    for (const stranger of [`nora@sub.${domain}`, `nora@x${domain}`, `nora@${domain}.example`]) expect(await listListing(stranger)).toEqual([])
    await look(`UPDATE organizations SET status = 'suspended' WHERE id = $1`, [organization.tenantId])
    expect(await listListing(nora.email)).toEqual([])
  })

  test('somebody with a place elsewhere is asked, not pulled in', async () => {
    await policy('listed_domains')
    await list(domain)
    const elsewhere = await makeOrganization()
    await look('INSERT INTO memberships (tenant_id, id, user_id, display_name, role) VALUES ($1, $2, $3, $4, $5)', [elsewhere.tenantId, uuidv7(), nora.userId, 'Nora', 'member'])
    await joinListing(nora.userId, nora.email)
    expect(await seats()).toEqual([])
    expect(await listListing(nora.email)).toHaveLength(1)
    const free = await makeJoiner(`free@${domain}`)
    await joinListing(free.userId, free.email)
    expect(await seats()).toEqual([{ role: 'member', status: 'active' }])
  })

  test('fifty at once make one membership, written down once', async () => {
    await policy('listed_addresses')
    await list(nora.email)
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => joinOrganization({ tenantId: organization.tenantId, userId: nora.userId, name: nora.name, email: nora.email })))
    expect(await seats()).toEqual([{ role: 'member', status: 'active' }])
    expect(outcomes.filter((outcome) => outcome === 'joined')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'already')).toHaveLength(49)
    expect(await events()).toHaveLength(1)
  })
})
