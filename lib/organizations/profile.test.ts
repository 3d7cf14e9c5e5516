import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { inviteSchema } from '@/lib/access/schema'
import { ForbiddenError } from '@/lib/errors'
import { createInvitation } from '@/lib/invitations/invitations'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { racePools } from '@/lib/testing/race'
import { slugRound } from '@/lib/testing/slug-race'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { findMovedTo } from '@/lib/platform/directory'
import { organizationProfileSchema, readOrganizationProfile, setLogo, updateOrganization } from './profile'
import { organizationSecuritySchema, setOrganizationSecurity } from './security'

const { pools, close } = racePools()
let organization: TestOrganization, other: TestOrganization
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(async () => {
  await close()
  await closeConnections()
})

const anySlug = () => `p${uuidv7().slice(-12)}`
const input = (more: object = {}) => organizationProfileSchema.parse({ name: 'Renamed', slug: organization.slug, timezone: 'Europe/Berlin', currency: 'EUR', colour: '#123456', ...more })
const save = (by: Member, more: object = {}) => withTenant(by, (scope) => updateOrganization(scope, input(more)))
const PNG = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]).toString('base64')}`

describe('updateOrganization', () => {
  test('an admin renames and moves it; the old address leads members on, and nobody else', async () => {
    const [admin, slug] = [await organization.add('admin'), anySlug()]
    await save(admin, { slug })
    expect(await withTenant(admin, readOrganizationProfile)).toMatchObject({ name: 'Renamed', slug, timezone: 'Europe/Berlin', currency: 'EUR', colour: '#123456' })
    expect(await findMovedTo(admin.userId, organization.slug)).toBe(slug)
    expect(await findMovedTo(other.owner.userId, organization.slug)).toBeNull()
    const [{ changes } = { changes: {} }] = await look<{ changes: object }>(`SELECT d.changes FROM audit_events e JOIN audit_details d ON d.event_id = e.id WHERE e.tenant_id = $1 AND e.action = 'organization.updated'`, [organization.tenantId])
    expect(changes).toMatchObject({ slug: [organization.slug, slug], name: ['Test Organization', 'Renamed'] })
  })

  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s may not, nor one who says they are an admin', async (role) => {
    const member = await organization.add(role)
    await expect(save(member)).rejects.toThrow(ForbiddenError)
    await expect(save({ ...member, role: 'admin' } as Member)).rejects.toThrow('owner or admin')
  })

  test('an address that is another’s, or was lately, is refused; back to one’s own it goes', async () => {
    await expect(save(organization.owner, { slug: other.slug })).rejects.toMatchObject({ status: 422, fields: { slug: [expect.any(String)] } })
    const moved = anySlug()
    await save(organization.owner, { slug: moved })
    await expect(withTenant(other.owner, (scope) => updateOrganization(scope, input({ slug: organization.slug })))).rejects.toMatchObject({ status: 422 })
    await look(`UPDATE organization_slugs SET until = now() - interval '1 day' WHERE slug = $1`, [organization.slug])
    await withTenant(other.owner, (scope) => updateOrganization(scope, input({ slug: organization.slug })))
    await save(organization.owner, { slug: anySlug() })
    await save(organization.owner, { slug: moved })
    expect(await findMovedTo(organization.owner.userId, moved)).toBeNull()
  })

  test('keeps three former addresses at most', async () => {
    const slugs = [organization.slug]
    for (let n = 0; n < 5; n++) {
      slugs.push(anySlug())
      await save(organization.owner, { slug: slugs.at(-1) })
    }
    expect((await Promise.all(slugs.slice(0, 5).map((slug) => findMovedTo(organization.owner.userId, slug)))).map((to) => to !== null)).toEqual([false, false, true, true, true])
  })

  test.each(['ab', 'Sign-in', 'a--b', '-abc', 'a'.repeat(41), 'ünï', 'a/b'])('%s is no address', (slug) => {
    expect(organizationProfileSchema.safeParse({ name: 'x', timezone: 'UTC', currency: 'EUR', colour: '#000000', slug }).success).toBe(false)
  })

  test('of fifty who claim one address at once, one has it: two rounds', async () => {
    for (let round = 0; round < 2; round++) expect(await slugRound(pools.tenant)).toEqual({ claimed: 1, holders: 1 })
  }, 60_000)
})

describe('setLogo', () => {
  test('an owner sets and removes it; a member may not; another organization has its own', async () => {
    await withTenant(organization.owner, (scope) => setLogo(scope, PNG))
    await withTenant(organization.owner, (scope) => setLogo(scope, PNG))
    expect(await look('SELECT FROM organization_logos WHERE tenant_id = $1', [organization.tenantId])).toHaveLength(1)
    expect((await withTenant(organization.owner, readOrganizationProfile)).logoHash).toHaveLength(16)
    await expect(withTenant(await organization.add('member'), (scope) => setLogo(scope, PNG))).rejects.toThrow(ForbiddenError)
    await expect(withTenant(organization.owner, (scope) => setLogo(scope, 'data:image/png;base64,PHN2Zz4='))).rejects.toMatchObject({ status: 422 })
    await withTenant(other.owner, (scope) => setLogo(scope, null))
    expect((await withTenant(organization.owner, readOrganizationProfile)).logoHash).not.toBeNull()
    await withTenant(organization.owner, (scope) => setLogo(scope, null))
    expect((await withTenant(organization.owner, readOrganizationProfile)).logoHash).toBeNull()
  })
})

describe('setOrganizationSecurity', () => {
  const secure = (by: Member, more: object) => withTenant(by, (scope) => setOrganizationSecurity(scope, organizationSecuritySchema.parse(more)))
  const invite = (email: string) => withTenant(organization.owner, (scope) => createInvitation(scope, inviteSchema.parse({ email, delivery: 'link' })))

  test('only addresses of the domains are invited or become members; whoever is in stays', async () => {
    await secure(organization.owner, { domains: '@Example.test, fern.example' })
    await invite('in@fern.example')
    await expect(invite('out@elsewhere.example')).rejects.toMatchObject({ status: 403, code: 'domain_not_allowed', message: expect.stringContaining('example.test, fern.example') })
    const stranger = await makeJoiner(`${uuidv7()}@elsewhere.example`)
    await expect(look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role) VALUES ($1, gen_random_uuid(), $2, 'Stranger', 'viewer')`, [organization.tenantId, stranger.userId])).rejects.toMatchObject({ code: 'BH004' })
    await organization.add('viewer')
  })

  test('after some hours members confirm that it is they, and go on', async () => {
    const joiner = await makeJoiner(`${uuidv7()}@example.test`)
    await look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, onboarding_done_at) VALUES ($1, gen_random_uuid(), $2, 'Nora', 'member', now())`, [organization.tenantId, joiner.userId])
    await secure(organization.owner, { sessionHours: '8' })
    expect(await joiner.at(organization.slug)).toMatchObject({ state: 'member', gate: null })
    await look(`UPDATE sessions SET proven_at = now() - interval '9 hours' WHERE user_id = $1`, [joiner.userId])
    expect(await joiner.at(organization.slug)).toMatchObject({ state: 'member', gate: 'prove_again' })
    await secure(organization.owner, { sessionHours: '' })
    expect(await joiner.at(organization.slug)).toMatchObject({ gate: null })
  })

  test('one’s own domain is not shut out; a member may not; another organization is not concerned', async () => {
    await expect(secure(organization.owner, { domains: 'elsewhere.example' })).rejects.toMatchObject({ code: 'own_domain' })
    const member = await organization.add('member')
    await expect(secure(member, { sessionHours: '1' })).rejects.toThrow(ForbiddenError)
    await secure(organization.owner, { sessionHours: '1' })
    expect(await look('SELECT session_hours, allowed_domains FROM organizations WHERE id = $1', [other.tenantId])).toEqual([{ session_hours: null, allowed_domains: [] }])
  })
})
