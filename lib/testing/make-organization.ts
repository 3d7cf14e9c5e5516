import { randomBytes } from 'node:crypto'
import { addMember } from '@/lib/members/members'
import { MODULES } from '@/lib/modules/modules'
import { platformPool } from '@/lib/platform/client'
import { findMembership } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import type { Member, Role } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { v7 as uuidv7 } from '@/lib/uuid'

export type TestOrganization = {
  tenantId: string
  slug: string
  owner: Member
  /** A new person with this role here. */
  add(role: Role): Promise<Member>
}

/** A person who can sign in and belongs to nothing yet. */
export async function makeUser(name = 'Test Person'): Promise<{ id: string; name: string; email: string }> {
  const id = uuidv7()
  const email = `${id}@example.test`
  await withPerson(id, NO_VISITOR, ({ tx }) => tx.user.create({ data: { id, name, email, emailLc: email, emailVerifiedAt: new Date() } }))
  return { id, name, email }
}

/** An organization of its own, made the way the product makes one, with every module on; tests need not clean up. */
export async function makeOrganization({ name = 'Test Organization' } = {}): Promise<TestOrganization> {
  const owner = await makeUser('Owner')
  const tenantId = uuidv7()
  const mark = randomBytes(6).toString('hex')
  const organization = { id: tenantId, code: mark.toUpperCase(), slug: `test-${mark}`, name, kind: 'company', status: 'active', plan_key: 'enterprise', timezone: 'UTC', currency: 'USD', colour: '#1d4ed8', is_demo: false }
  const modules = Object.keys(MODULES).map((key) => ({ id: uuidv7(), key, enabled: true }))
  await platformPool().query('SELECT kernel.create_organization($1, $2, $3, $4, $5, $6)', [JSON.stringify(organization), owner.id, owner.name, uuidv7(), JSON.stringify(modules), new Date()])
  const asOwner = await requireMembership(tenantId, owner.id)

  const add = async (role: Role) => {
    const user = await makeUser(`The ${role}`)
    await withTenant(asOwner, (scope) => addMember(scope, { userId: user.id, displayName: user.name, role, status: 'active' }))
    return requireMembership(tenantId, user.id)
  }
  return { tenantId, slug: organization.slug, owner: asOwner, add }
}

async function requireMembership(tenantId: string, userId: string): Promise<Member> {
  const member = await findMembership(tenantId, userId)
  if (!member) throw new Error('The organization was made but its member is not there.')
  return member
}
