import 'server-only'
import { createHash } from 'node:crypto'
import { env } from '@/lib/env'
import { UnavailableError } from '@/lib/errors'
import { isUnavailable } from '@/lib/unavailable'
import type { Member, Role } from '@/lib/tenancy/member'
import { platformPool } from './client'

export type Person = {
  readonly sessionId: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly timezone: string | null
  readonly isSuperAdmin: boolean
}

/** An organization that the person is an active member of, but that is closed for now. */
export type ClosedOrganization = { readonly name: string; readonly colour: string; readonly status: string; readonly reason: string | null }

export type MemberAnswer =
  | { readonly state: 'signed-out' }
  | { readonly state: 'unknown' }
  | { readonly state: 'closed'; readonly person: Person; readonly organization: ClosedOrganization }
  | { readonly state: 'member'; readonly person: Person; readonly member: Member }

const PERSON = { name: 'find_person', text: 'SELECT * FROM kernel.find_person($1, $2, $3)' }
const MEMBER = { name: 'find_member', text: 'SELECT * FROM kernel.find_member($1, $2, $3, $4)' }
const MEMBERSHIP = { name: 'find_membership', text: 'SELECT * FROM kernel.find_membership($1, $2)' }
const ORGANIZATIONS = { name: 'organizations_of', text: 'SELECT * FROM kernel.organizations_of($1)' }

type Row = Record<string, string | null> & { is_super_admin: boolean; modules: string[] }

/** Who is behind a session token. Null when it is unknown, ended, or the person may no longer sign in. */
export async function findPerson(sessionToken: string): Promise<Person | null> {
  const [row] = await ask(PERSON, [hashToken(sessionToken), new Date(), env().SESSION_IDLE_MINUTES])
  return row ? personOf(row) : null
}

/** The same person acting in the organization of this slug, in one round trip. The slug is a question, never an authority. */
export async function findMember(sessionToken: string, slug: string): Promise<MemberAnswer> {
  const [row] = await ask(MEMBER, [hashToken(sessionToken), new Date(), env().SESSION_IDLE_MINUTES, slug])
  if (!row) return { state: 'signed-out' }
  const person = personOf(row)
  if (!row.tenant_id) return { state: 'unknown' }
  if (row.organization_status !== 'active' && row.organization_status !== 'trial') {
    const organization = { name: row.organization!, colour: row.colour!, status: row.organization_status!, reason: row.suspended_reason ?? null }
    return { state: 'closed', person, organization }
  }
  return { state: 'member', person, member: memberOf(row) }
}

/** A member for work done on somebody's behalf (jobs, the seeder): the membership is read again now. */
export async function findMembership(tenantId: string, userId: string): Promise<Member | null> {
  const [row] = await ask(MEMBERSHIP, [tenantId, userId])
  return row ? memberOf(row) : null
}

export type OrganizationLink = { slug: string; name: string; colour: string; role: Role; status: string }

export async function listOrganizations(userId: string): Promise<OrganizationLink[]> {
  return (await ask(ORGANIZATIONS, [userId])) as unknown as OrganizationLink[]
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** One prepared statement, one round trip. A database that does not answer is said so, never "signed out". */
async function ask({ name, text }: { name: string; text: string }, values: unknown[]): Promise<Row[]> {
  try {
    const prepared = env().PREPARED_STATEMENTS === 'on' ? { name } : {}
    return (await platformPool().query({ ...prepared, text, values })).rows as Row[]
  } catch (error) {
    throw isUnavailable(error) ? new UnavailableError(error) : error
  }
}

function personOf(row: Row): Person {
  return { sessionId: row.session_id!, userId: row.user_id!, name: row.name!, email: row.email!, timezone: row.timezone ?? null, isSuperAdmin: row.is_super_admin }
}

function memberOf(row: Row): Member {
  return {
    tenantId: row.tenant_id!,
    userId: row.user_id!,
    role: row.role as Role,
    displayName: row.display_name!,
    email: row.email ?? null,
    timezone: row.timezone ?? row.organization_timezone!,
    organization: { slug: row.slug!, name: row.organization!, colour: row.colour!, kind: row.kind!, timezone: row.organization_timezone!, modules: row.modules },
  } as unknown as Member
}
