import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ConflictError, ForbiddenError, NotFoundError } from '@/lib/errors'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { addAccessRule, readAccess, setAccessRule, setJoinPolicy } from './access-rules'
import { decideJoinRequest, listJoinRequests } from './join-requests'
import { joinOrganization } from './joining'
import { addAccessRuleSchema } from './schema'

let organization: TestOrganization, other: TestOrganization
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(closeConnections)

const add = (member: Member, value = 'fern.example') => withTenant(member, (scope) => addAccessRule(scope, { value, role: 'member' }))
const set = (member: Member, id: string, isActive: boolean) => withTenant(member, (scope) => setAccessRule(scope, { id, isActive }))
const policy = (member: Member) => withTenant(member, (scope) => setJoinPolicy(scope, { policy: 'approval' }))
const policyOf = async ({ tenantId }: TestOrganization) => (await look<{ join_policy: string }>('SELECT join_policy FROM organizations WHERE id = $1', [tenantId]))[0]!.join_policy
const DENIED = ['manager', 'member', 'field', 'viewer'] as const

describe('rules', () => {
  test.each(['owner', 'admin'] as const)('an %s lists an address or a domain, and reads who did and whom it let in', async (role) => {
    const member = role === 'owner' ? organization.owner : await organization.add(role)
    await add(member)
    await add(member, 'nora@fern.example')
    const access = await withTenant(member, readAccess)
    expect(access.rules).toMatchObject([{ kind: 'email', value: 'nora@fern.example', isActive: true, addedBy: member.displayName, admittedCount: 0 }, { kind: 'domain', value: 'fern.example' }])
  })

  test.each(DENIED)('a %s may neither read, list, switch nor choose', async (role) => {
    const { id } = await add(organization.owner)
    const member = await organization.add(role)
    for (const attempt of [() => withTenant(member, readAccess), () => add(member, 'x.example'), () => set(member, id, false), () => policy(member)]) await expect(attempt()).rejects.toBeInstanceOf(ForbiddenError)
    expect((await withTenant(organization.owner, readAccess)).rules).toMatchObject([{ isActive: true }])
    expect(await policyOf(organization)).toBe('invite_only')
  })

  test('listing the same twice is a conflict, and changes nothing', async () => {
    await add(organization.owner)
    await expect(add(organization.owner)).rejects.toBeInstanceOf(ConflictError)
    expect((await withTenant(organization.owner, readAccess)).rules).toHaveLength(1)
  })

  test('another organization sees no rule, switches none, and may list the same', async () => {
    const { id } = await add(organization.owner)
    expect((await withTenant(other.owner, readAccess)).rules).toEqual([])
    await expect(set(other.owner, id, false)).rejects.toBeInstanceOf(NotFoundError)
    await expect(set(organization.owner, uuidv7(), false)).rejects.toBeInstanceOf(NotFoundError)
    await add(other.owner)
    expect((await withTenant(organization.owner, readAccess)).rules).toMatchObject([{ id, isActive: true }])
  })

  test('switching is written down once, however often it is asked', async () => {
    const { id } = await add(organization.owner)
    for (const isActive of [false, false, true, true]) await set(organization.owner, id, isActive)
    expect(await look(`SELECT action FROM audit_events WHERE entity_id = $1 ORDER BY id`, [id])).toEqual(['created', 'deactivated', 'activated'].map((what) => ({ action: `access_rule.${what}` })))
  })

  test('the policy changes for one organization, with the change in its log', async () => {
    await policy(organization.owner)
    await policy(await organization.add('admin'))
    expect([await policyOf(organization), await policyOf(other)]).toEqual(['approval', 'invite_only'])
    expect(await look(`SELECT count(*)::int AS count FROM audit_events WHERE tenant_id = $1 AND action = 'organization.join_policy_changed'`, [organization.tenantId])).toEqual([{ count: 2 }])
  })

  test('what is typed is read as an address or a whole domain, or refused', () => {
    const valueOf = (value: string) => addAccessRuleSchema.safeParse({ value }).data?.value
    expect(['Nora@Fern.Example', '@Fern.example', 'a.b-c.example'].map(valueOf)).toEqual(['nora@fern.example', 'fern.example', 'a.b-c.example'])
    for (const wrong of ['', 'fern', '*.example', '.example', 'fern.', 'a b.example', 'a@@b.example', 'http://fern.example', 'f\u0435rn.example', '%', 'a@b', `${'x'.repeat(320)}.example`]) expect(valueOf(wrong), wrong).toBeUndefined()
    for (const role of ['owner', 'admin', 'manager']) expect(addAccessRuleSchema.safeParse({ value: 'a.example', role }).success).toBe(false)
  })
})

describe('requests to join', () => {
  async function ask() {
    await policy(organization.owner)
    const nora = await makeJoiner(`nora@${organization.slug}.example`)
    await joinOrganization({ tenantId: organization.tenantId, userId: nora.userId, name: nora.name, email: nora.email, wishedRole: 'viewer' })
    const [request] = await withTenant(organization.owner, listJoinRequests)
    return { nora, id: request!.id, request }
  }
  const decide = (member: Member, id: string, role: 'member' | 'viewer' | 'admin' | null) => withTenant(member, (scope) => decideJoinRequest(scope, { id, role }))
  const mails = (email: string) => look<{ kind: string }>('SELECT kind FROM mails WHERE to_address = $1 ORDER BY id', [email])

  test('are told to the admins, and let in with the role that is decided', async () => {
    const { nora, id, request } = await ask()
    expect(request).toMatchObject({ name: 'Nora Vale', wishedRole: 'viewer' })
    expect((await nora.at(organization.slug)).state).toBe('unknown')
    await decide(await organization.add('admin'), id, 'member')
    expect(await nora.at(organization.slug)).toMatchObject({ state: 'member', member: { role: 'member' } })
    expect(await mails(nora.email)).toEqual([{ kind: 'join_approved' }])
    const [owner] = await look<{ email: string }>('SELECT email FROM users WHERE id = $1', [organization.owner.userId])
    expect(await mails(owner!.email)).toEqual([{ kind: 'join_requested' }])
  })

  test.each(DENIED)('a %s decides nothing', async (role) => {
    const { nora, id } = await ask()
    const member = await organization.add(role)
    await expect(decide(member, id, 'viewer')).rejects.toBeInstanceOf(ForbiddenError)
    await expect(withTenant(member, listJoinRequests)).rejects.toBeInstanceOf(ForbiddenError)
    expect((await nora.at(organization.slug)).state).toBe('unknown')
  })

  test('declined is final, and decided twice is not found', async () => {
    const { nora, id } = await ask()
    await decide(organization.owner, id, null)
    await expect(decide(organization.owner, id, 'member')).rejects.toBeInstanceOf(NotFoundError)
    expect((await nora.at(organization.slug)).state).toBe('unknown')
    expect(await mails(nora.email)).toEqual([{ kind: 'join_declined' }])
    expect(await joinOrganization({ tenantId: organization.tenantId, userId: nora.userId, name: nora.name, email: nora.email })).toBe('refused')
  })

  test('of two who decide at once, one does', async () => {
    const { id } = await ask()
    const outcomes = await Promise.allSettled([decide(organization.owner, id, 'member'), decide(organization.owner, id, null), decide(organization.owner, id, 'viewer')])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('another organization sees and decides none of them', async () => {
    const { nora, id } = await ask()
    expect(await withTenant(other.owner, listJoinRequests)).toEqual([])
    await expect(decide(other.owner, id, 'member')).rejects.toBeInstanceOf(NotFoundError)
    expect((await nora.at(organization.slug)).state).toBe('unknown')
  })
})

test('the rule that let the only owner in is not switched off, unless another owner is left', async () => {
  const { tenantId, owner } = organization
  const { id } = await withTenant(owner, (scope) => addAccessRule(scope, { value: `owner-rule-${tenantId.slice(-8)}.example`, role: 'member' }))
  await look('UPDATE memberships SET admitted_by_rule_id = $1 WHERE tenant_id = $2 AND user_id = $3', [id, tenantId, owner.userId])
  await expect(withTenant(owner, (scope) => setAccessRule(scope, { id, isActive: false }))).rejects.toMatchObject({ code: 'last_owner' })
  await organization.add('owner')
  await withTenant(owner, (scope) => setAccessRule(scope, { id, isActive: false }))
})
