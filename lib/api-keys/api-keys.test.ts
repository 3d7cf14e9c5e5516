import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { recordAudit } from '@/lib/audit/audit'
import { authorize, PERMISSIONS, type Permission } from '@/lib/authorization/permissions'
import { apiKeyAnswer } from '@/lib/auth/bearer'
import { ForbiddenError, InvalidError, NotFoundError, TooManyRequestsError, UnavailableError } from '@/lib/errors'
import { takeApiCall } from '@/lib/limits/limits'
import { closePlatformClient } from '@/lib/platform/client'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject } from '@/lib/testing/make-project'
import { withEnv } from '@/lib/testing/with-env'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { readOrganizationProfile, updateOrganization } from '@/lib/organizations/profile'
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from './api-keys'
import { hashKey, isKeyText, makeKeyText } from './key-text'
import { createApiKeySchema } from './schema'

let organization: TestOrganization, other: TestOrganization
let member: Member
beforeEach(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  member = await organization.add('member')
})
afterAll(closeConnections)

const create = (owner: Member, input: Record<string, unknown> = {}) => withTenant(owner, (scope) => createApiKey(scope, createApiKeySchema.parse({ name: 'Script', scopes: ['organization:read'], ...input })))
const rotate = (owner: Member, id: string, overlapHours = 1) => withTenant(owner, (scope) => rotateApiKey(scope, { id, overlapHours }))
const revoke = (by: Member, id: string) => withTenant(by, (scope) => revokeApiKey(scope, id))
const list = (by: Member, whose: 'mine' | 'all' = 'mine') => withTenant(by, (scope) => listApiKeys(scope, whose))
const stateOf = async (text: string, slug = organization.slug) => (await apiKeyAnswer(text, slug)).state
const keyOf = async (text: string) => {
  const answer = await apiKeyAnswer(text, organization.slug)
  if (answer.state !== 'member') throw new Error(answer.state)
  return answer
}

describe('createApiKey', () => {
  test.each(['owner', 'admin', 'manager', 'member'] as const)('an %s makes one, shown once; what is stored is a digest that no role reads', async (role) => {
    const owner = role === 'owner' ? organization.owner : await organization.add(role)
    const { id, text } = await create(owner)
    expect(text).toMatch(/^bh_\w{8}_\w{38}$/)
    expect(await list(owner)).toMatchObject([{ id, prefix: text.slice(0, 11), state: 'active', usageCount: 0, ratePerHour: 1000 }])
    expect(JSON.stringify(await look('SELECT * FROM api_keys WHERE id = $1', [id]))).not.toContain(text.slice(12))
    await expect(withTenant(owner, ({ tx }) => tx.$queryRaw`SELECT key_hash FROM api_keys`)).rejects.toMatchObject({ meta: { driverAdapterError: { cause: { originalCode: '42501' } } } })
    expect(JSON.stringify(await withTenant(owner, ({ tx }) => tx.apiKey.findMany()), (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain('keyHash')
  })

  test.each(['field', 'viewer'] as const)('a %s may not, nor write one past the code', async (role) => {
    const person = await organization.add(role)
    await expect(create(person)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(withTenant(person, ({ tx }) => tx.apiKey.createMany({ data: [{ id: uuidv7(), ownerUserId: person.userId, name: 'X', prefix: 'bh_00000000', keyHash: hashKey('x'), scopes: ['organization:read'], expiresAt: new Date() }] }))).rejects.toThrow()
  })

  test('has no right that its owner has not, and no project that they cannot see', async () => {
    await expect(create(member, { scopes: ['audit:read'] })).rejects.toBeInstanceOf(InvalidError)
    const hidden = await makeProject(organization.owner, { visibility: 'private' })
    const foreign = await makeProject(other.owner)
    for (const { id } of [hidden, foreign]) await expect(create(member, { containerId: id })).rejects.toBeInstanceOf(InvalidError)
  })

  test('is refused while API access is off', async () => {
    await look(`UPDATE organization_modules SET enabled = false WHERE tenant_id = $1 AND key = 'api_access'`, [organization.tenantId])
    const off = { ...member, organization: { ...member.organization, modules: ['projects'] } } as Member
    await expect(create(off)).rejects.toMatchObject({ code: 'module_off' })
  })

  test('another person sees it only as an owner or admin, and another organization never', async () => {
    const { id } = await create(member)
    expect(await list(organization.owner)).toEqual([])
    expect(await list(organization.owner, 'all')).toMatchObject([{ id, ownerName: member.displayName }])
    await expect(list(await organization.add('manager'), 'all')).rejects.toBeInstanceOf(ForbiddenError)
    expect(await list(other.owner, 'all')).toEqual([])
  })
})

describe('rotateApiKey', () => {
  test('the new one works at once, the old one for the hours chosen, with the same rights', async () => {
    const first = await create(member, { scopes: ['organization:read', 'tasks:create'], ratePerHour: 7 })
    const second = await rotate(member, first.id)
    expect([await stateOf(first.text), await stateOf(second.text)]).toEqual(['member', 'member'])
    expect((await keyOf(second.text)).key).toMatchObject({ scopes: ['organization:read', 'tasks:create'], ratePerHour: 7 })
    const third = await rotate(member, second.id, 0)
    expect([await stateOf(second.text), await stateOf(third.text)]).toEqual(['signed-out', 'member'])
    await look(`UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [first.id])
    expect(await stateOf(first.text)).toBe('signed-out')
  })

  test('nobody else’s, an ended one, or one that was rotated already is not found', async () => {
    const { id } = await create(member)
    for (const by of [organization.owner, other.owner]) await expect(rotate(by, id)).rejects.toBeInstanceOf(NotFoundError)
    await rotate(member, id)
    await expect(rotate(member, id)).rejects.toBeInstanceOf(NotFoundError)
    const ended = await create(member)
    await revoke(member, ended.id)
    await expect(rotate(member, ended.id)).rejects.toBeInstanceOf(NotFoundError)
  })

  test('of fifty at once one succeeds', async () => {
    const { id } = await create(member)
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => rotate(member, id)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(NotFoundError)
    expect(await look('SELECT FROM api_keys WHERE rotated_from_id = $1', [id])).toHaveLength(1)
  })
})

describe('revokeApiKey', () => {
  test.each(['its owner', 'an admin'] as const)('by %s: the next call is refused; twice is not found', async (who) => {
    const { id, text } = await create(member)
    const by = who === 'its owner' ? member : await organization.add('admin')
    await revoke(by, id)
    expect(await stateOf(text)).toBe('signed-out')
    await expect(revoke(by, id)).rejects.toBeInstanceOf(NotFoundError)
  })

  test('a manager revokes nobody else’s, and another organization none', async () => {
    const { id, text } = await create(member)
    const manager = await organization.add('manager')
    await expect(revoke(manager, id)).rejects.toBeInstanceOf(NotFoundError)
    await expect(revoke(await organization.add('viewer'), id)).rejects.toBeInstanceOf(ForbiddenError)
    await expect(withTenant(manager, ({ tx }) => tx.$queryRaw`SELECT kernel.revoke_api_key(${id}::uuid, now())`)).rejects.toThrow()
    await expect(withTenant(manager, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.list_api_keys()`)).rejects.toThrow()
    await expect(revoke(other.owner, id)).rejects.toBeInstanceOf(NotFoundError)
    expect(await stateOf(text)).toBe('member')
  })
})

describe('a key that is shown', () => {
  test('is counted; of another organization it is told nothing, whether there is one or not', async () => {
    const { id, text } = await create(member)
    expect(await stateOf(text)).toBe('member')
    expect([await stateOf(text, other.slug), await stateOf(text, 'no-such-place')]).toEqual(['unknown', 'unknown'])
    expect(await list(member)).toMatchObject([{ id, usageCount: 1, lastUsedAt: expect.any(Date) as Date }])
  })

  test.each([
    ['expired', `UPDATE api_keys SET expires_at = now() WHERE tenant_id = $1`, 'signed-out'],
    ['of somebody suspended', `UPDATE memberships SET status = 'suspended' WHERE tenant_id = $1 AND role = 'member'`, 'signed-out'],
    ['of somebody removed', `UPDATE memberships SET status = 'removed' WHERE tenant_id = $1 AND role = 'member'`, 'signed-out'],
    ['of an account that is closed', `UPDATE users SET status = 'deactivated' WHERE id IN (SELECT user_id FROM memberships WHERE tenant_id = $1 AND role = 'member')`, 'signed-out'],
    ['of somebody who came back', `UPDATE memberships SET joined_at = now() + interval '1 second' WHERE tenant_id = $1 AND role = 'member'`, 'signed-out'],
    ['in an organization that is suspended', `UPDATE organizations SET status = 'suspended' WHERE id = $1`, 'closed'],
    ['where API access is off', `UPDATE organization_modules SET enabled = false WHERE tenant_id = $1 AND key = 'api_access'`, 'off'],
  ])('%s is refused at once', async (_, sql, state) => {
    const { text } = await create(member)
    expect(await stateOf(text)).toBe('member')
    await look(sql, [organization.tenantId])
    expect(await stateOf(text)).toBe(state)
  })

  test('of somebody whom the installation does not list any more is refused', async () => {
    const { text } = await create(member)
    await withEnv({ ALLOWED_ADDRESSES: ['elsewhere.example'] }, async () => expect(await stateOf(text)).toBe('signed-out'))
  })

  test('where a second factor is asked for that its owner has not is closed as the organization is', async () => {
    const { text } = await create(member)
    await look(`UPDATE organizations SET second_factor_required_at = now() - interval '30 days' WHERE id = $1`, [organization.tenantId])
    await look(`UPDATE memberships SET joined_at = now() - interval '60 days' WHERE tenant_id = $1`, [organization.tenantId])
    expect((await keyOf(text)).gate).toBe('set_up_factor')
  })

  test('two hundred that were made up open nothing', async () => {
    const { text } = await create(member)
    const forged = Array.from({ length: 200 }, (_, n) => (n % 2 ? makeKeyText().text : text.slice(0, -1 - (n % 7)) + text.slice(-(n % 7) || text.length).split('').reverse().join('')))
    const states = await Promise.all(forged.filter((one) => one !== text).map((one) => stateOf(one)))
    expect(new Set(states)).toEqual(new Set(['signed-out']))
  })

  test('one with a wrong checksum is refused without a question to the database', async () => {
    const { text } = makeKeyText()
    expect([isKeyText(text), isKeyText(`${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`), isKeyText(text.toLowerCase()), isKeyText('')]).toEqual([true, false, false, false])
    await closePlatformClient()
    await withEnv({ PLATFORM_DATABASE_URL: 'postgresql://app_platform:x@127.0.0.1:1/none' }, async () => {
      expect(await stateOf(`${text.slice(0, -2)}zz`)).toBe('signed-out')
      await expect(stateOf(text)).rejects.toBeInstanceOf(UnavailableError)
    })
    await closePlatformClient()
  })

  test('calls over the hour’s number are refused with the time to wait', async () => {
    const { id } = await create(member)
    for (let n = 0; n < 3; n++) await takeApiCall(id, 3)
    await expect(takeApiCall(id, 3)).rejects.toBeInstanceOf(TooManyRequestsError)
    await takeApiCall((await create(member)).id, 3)
  })
})

test('what it may is what it was given of what its owner may now; its acts carry it', async () => {
  const { text } = await create(organization.owner, { scopes: ['organization:read', 'labels:manage'] })
  const { member: acting, key } = await keyOf(text)
  await withTenant(acting, async (scope) => {
    for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
      if (key.scopes.includes(permission)) authorize(scope, permission)
      else expect(() => authorize(scope, permission), permission).toThrow(ForbiddenError)
    }
    await recordAudit(scope, { action: 'label.created', entityKind: 'label', entityId: uuidv7(), label: 'By key' })
  }, { key })
  expect(await look(`SELECT actor_kind, api_key_id FROM audit_events WHERE tenant_id = $1 AND action = 'label.created'`, [organization.tenantId])).toEqual([{ actor_kind: 'api_key', api_key_id: key.id }])
  await look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role) SELECT $1, $2, id, 'Second', 'owner' FROM users WHERE id = $3`, [organization.tenantId, uuidv7(), other.owner.userId])
  await look(`UPDATE memberships SET role = 'viewer' WHERE tenant_id = $1 AND user_id = $2`, [organization.tenantId, organization.owner.userId])
  const demoted = await keyOf(text)
  await withTenant(demoted.member, (scope) => { expect(() => authorize(scope, 'labels:manage')).toThrow(ForbiddenError); return Promise.resolve() }, { key: demoted.key })
})

test('an address that the organization has left leads its own keys on, and nobody else’s', async () => {
  const [{ text }, { text: foreign }] = [await create(member), await create(await other.add('member'))]
  const slug = `moved-${organization.slug}`.slice(0, 40).replace(/-$/, '')
  await withTenant(organization.owner, async (scope) => {
    const { code: _code, logoHash: _hash, createdAt: _at, ...profile } = await readOrganizationProfile(scope)
    await updateOrganization(scope, { ...profile, slug })
  })
  expect(await apiKeyAnswer(text, organization.slug)).toEqual({ state: 'moved', slug })
  expect(await stateOf(text, slug)).not.toBe('moved')
  expect(await stateOf(foreign)).toBe('unknown')
})
