import 'server-only'
import { env } from '@/lib/env'
import { isListedByEnvironment } from '@/lib/access/platform-allowlist'
import type { Member, Role } from '@/lib/tenancy/member'
import { hashToken } from '@/lib/tokens/token'
import { ask } from './ask'

/** What stands between a person and their work: a second factor to give, a password to replace. */
export type PersonGate = 'second_factor' | 'new_password'
/** What an organization asks of its member first. */
export type MemberGate = 'new_password' | 'set_up_factor' | 'prove_again' | 'onboarding'

export type Person = {
  readonly sessionId: string
  readonly sessionKind: 'web' | 'api'
  readonly method: string
  /** When they last proved who they are in this session. */
  readonly provenAt: Date
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly isEmailVerified: boolean
  readonly timezone: string | null
  readonly locale: string
  readonly avatarHash: string | null
  readonly isSuperAdmin: boolean
  readonly hasSecondFactor: boolean
  readonly hasPassword: boolean
  readonly gate: PersonGate | null
}

/** An organization that the person is an active member of, but that is closed for now. */
export type ClosedOrganization = { readonly name: string; readonly colour: string; readonly status: string; readonly reason: string | null }

export type MemberAnswer =
  | { readonly state: 'signed-out' }
  | { readonly state: 'unknown'; readonly person: Person }
  | { readonly state: 'gated'; readonly person: Person; readonly gate: PersonGate }
  | { readonly state: 'closed'; readonly person: Person; readonly organization: ClosedOrganization }
  /** `gate` is still to be passed; `factorBy`: when a second factor will be asked for that the person does not have. */
  | { readonly state: 'member'; readonly person: Person; readonly member: Member; readonly gate: MemberGate | null; readonly factorBy: Date | null; readonly logoHash: string | null }

type PersonRow = {
  session_id: string; session_kind: 'web' | 'api'; method: string; proven_at: Date; user_id: string; name: string; email: string; email_verified: boolean; timezone: string | null; locale: string
  avatar_hash: string | null; is_super_admin: boolean; has_second_factor: boolean; has_password: boolean; gate: PersonGate | null
}
type MembershipRow = { tenant_id: string; slug: string; organization: string; colour: string; kind: string; organization_timezone: string; user_id: string; email: string | null; timezone?: string | null; role: string; display_name: string; modules: string[] }
type MemberRow = PersonRow & { [column in keyof MembershipRow]: MembershipRow[column] | null } & { logo_hash: string | null; organization_status: string | null; suspended_reason: string | null; factor_by: Date | null; organization_gate: MemberGate | null }

/** Who is behind a session token. Null when it is unknown, ended, of another kind, or the person may no longer sign in. */
export async function findPerson(sessionToken: string, kind: Person['sessionKind'] = 'web'): Promise<Person | null> {
  const [row] = await ask<PersonRow>('find_person($1, $2, $3)', [hashToken(sessionToken), new Date(), env().SESSION_IDLE_MINUTES])
  return row && mayEnter(row, kind) ? personOf(row) : null
}

/** The same person acting in the organization of this slug, in one round trip. The slug is a question, never an authority. */
export async function findMember(sessionToken: string, slug: string, kind: Person['sessionKind'] = 'web', idleMinutes = env().SESSION_IDLE_MINUTES): Promise<MemberAnswer> {
  const [row] = await ask<MemberRow>('find_member($1, $2, $3, $4)', [hashToken(sessionToken), new Date(), idleMinutes, slug])
  if (!row || !mayEnter(row, kind)) return { state: 'signed-out' }
  const person = personOf(row)
  if (person.gate) return { state: 'gated', person, gate: person.gate }
  if (!row.tenant_id) return { state: 'unknown', person }
  if (row.organization_status !== 'active' && row.organization_status !== 'trial') {
    const organization = { name: row.organization!, colour: row.colour!, status: row.organization_status!, reason: row.suspended_reason ?? null }
    return { state: 'closed', person, organization }
  }
  return { state: 'member', person, member: memberOf(row as MembershipRow), gate: row.organization_gate, factorBy: row.factor_by, logoHash: row.logo_hash }
}

type SupportRow = MembershipRow & { support_id: string; mode: 'read_only' | 'read_write'; admin_name: string; ends_at: Date; reason: string; logo_hash: string | null }

/** Somebody of the platform in the organization of this slug, by their open support session. `path`: what they opened, which is written into its history with the answer; null notes nothing. */
export async function findSupport(person: Person, sessionToken: string, slug: string, path: string | null): Promise<MemberAnswer> {
  const [row] = person.isSuperAdmin ? await ask<SupportRow>('find_support($1, $2, $3, $4)', [hashToken(sessionToken), new Date(), slug, path]) : []
  if (!row) return { state: 'unknown', person }
  const support = { id: row.support_id, adminName: row.admin_name, mode: row.mode, endsAt: row.ends_at.toISOString(), reason: row.reason }
  return { state: 'member', person, member: { ...memberOf({ ...row, timezone: person.timezone }), support }, gate: null, factorBy: null, logoHash: row.logo_hash }
}

export type KeyAnswer =
  | { readonly state: 'signed-out' }
  | { readonly state: 'unknown' }
  /** It asked at an address that its organization has left. */
  | { readonly state: 'moved'; readonly slug: string }
  | { readonly state: 'closed'; readonly name: string; readonly status: string }
  | { readonly state: 'off' }
  | { readonly state: 'member'; readonly member: Member; readonly gate: MemberGate | null; readonly key: { id: string; prefix: string; scopes: string[]; containerId: string | null; ratePerHour: number } }

type KeyRow = MembershipRow & { key_id: string; key_prefix: string; scopes: string[]; container_id: string | null; rate_per_hour: number; is_here: boolean; organization_status: string; gate: MemberGate | null }

/** Who is behind an API key in the organization of this slug (null: in its own), read now. Of another organization: unknown, whether there is one or not. */
export async function findApiKey(hash: Uint8Array, slug: string | null): Promise<KeyAnswer> {
  const [row] = await ask<KeyRow>('find_api_key($1, $2, $3)', [hash, new Date(), slug])
  if (!row || !isListedByEnvironment(row.email ?? '')) return { state: 'signed-out' }
  if (!row.is_here && slug !== null) {
    const movedTo = await findMovedTo(row.user_id, slug)
    // Only within its own organization: where else its owner may go is not the key's to know.
    return movedTo === row.slug ? { state: 'moved', slug: movedTo } : { state: 'unknown' }
  }
  if (row.organization_status !== 'active' && row.organization_status !== 'trial') return { state: 'closed', name: row.organization, status: row.organization_status }
  if (!row.modules.includes('api_access')) return { state: 'off' }
  return { state: 'member', member: memberOf(row), gate: row.gate, key: { id: row.key_id, prefix: row.key_prefix, scopes: row.scopes, containerId: row.container_id, ratePerHour: row.rate_per_hour } }
}

/** Where a former address leads a member; null for everybody else. */
export async function findMovedTo(userId: string, slug: string): Promise<string | null> {
  return (await ask<{ slug: string }>('moved_to($1, $2, $3)', [userId, slug, new Date()]))[0]?.slug ?? null
}

/** A member for work done on somebody's behalf (jobs, the seeder): the membership is read again now. */
export async function findMembership(tenantId: string, userId: string): Promise<Member | null> {
  const [row] = await ask<MembershipRow>('find_membership($1, $2)', [tenantId, userId])
  return row ? memberOf(row) : null
}

export type OrganizationLink = { slug: string; name: string; colour: string; role: Role; status: string }

export async function listOrganizations(userId: string): Promise<OrganizationLink[]> {
  return ask<OrganizationLink>('organizations_of($1)', [userId])
}

/** Why the session behind a token is over, to tell the person; null when it never was one. */
export async function findEndOfSession(sessionToken: string): Promise<string | null> {
  return (await ask<{ reason: string }>('end_of_session($1)', [hashToken(sessionToken)]))[0]?.reason ?? null
}

/**
 * A member who is about to be one: enters the tenant of an invitation, a code or an organization being founded, whose
 * kernel function then decides in that transaction whether they become it. Sees nothing of it until then.
 */
export function prospectiveMember(tenantId: string, userId: string, role: Role, name: string, organization: { name: string; kind: string } = { name: '', kind: '' }): Member {
  const row = { tenant_id: tenantId, slug: '', organization: organization.name, colour: '', kind: organization.kind, organization_timezone: 'UTC', user_id: userId, email: null, role, display_name: name, modules: ['projects'] }
  return memberOf(row)
}

// Whoever the environment's list no longer names is out on the next request; the console's list is looked at in the same question.
function mayEnter(row: PersonRow, kind: Person['sessionKind']): boolean {
  return row.session_kind === kind && (row.is_super_admin || isListedByEnvironment(row.email))
}

function personOf(row: PersonRow): Person {
  return {
    sessionId: row.session_id, sessionKind: row.session_kind, method: row.method, provenAt: row.proven_at, userId: row.user_id, name: row.name, email: row.email, isEmailVerified: row.email_verified,
    timezone: row.timezone, locale: row.locale, avatarHash: row.avatar_hash, isSuperAdmin: row.is_super_admin, hasSecondFactor: row.has_second_factor, hasPassword: row.has_password, gate: row.gate,
  }
}

function memberOf(row: MembershipRow): Member {
  return {
    tenantId: row.tenant_id,
    userId: row.user_id,
    role: row.role as Role,
    displayName: row.display_name,
    email: row.email ?? null,
    timezone: row.timezone ?? row.organization_timezone,
    organization: { slug: row.slug, name: row.organization, colour: row.colour, kind: row.kind, timezone: row.organization_timezone, modules: row.modules },
  } as unknown as Member
}
