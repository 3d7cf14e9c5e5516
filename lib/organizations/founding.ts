import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { ConflictError } from '@/lib/errors'
import { prospectiveMember } from '@/lib/platform/directory'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { withTenant, type RequestFacts, type Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { anyColour, makeCode, slugOf } from './rules'

export type OrganizationKind = 'company' | 'team' | 'household' | 'personal'
/** `modules`, `currency`, `colour`: in place of what such an organization begins with. `isEmpty`: without a first project. `tenantId`: the id to be. */
export type Founding = { name: string; kind: OrganizationKind; timezone: string | null; modules?: string[]; currency?: string; colour?: string; isEmpty?: boolean; tenantId?: string }

export const TRIES = 12
// On from the start, by kind; the rest is switched on when it is wanted.
const MODULES: Record<OrganizationKind, string[]> = { company: ['projects', 'knowledge'], team: ['projects', 'knowledge'], household: ['projects', 'money'], personal: ['projects', 'money'] }

/**
 * Makes an organization with its owner's membership and a first project, in one transaction that has entered the ids to be.
 * `begin` calls the kernel function that proves who founds it. A taken address or code is tried again with the next.
 */
export async function foundOrganization(
  founding: Founding,
  founder: { userId: string; name: string },
  begin: (scope: Scope, organization: string, membershipId: string, modules: string) => Promise<unknown>,
  request?: RequestFacts,
): Promise<{ slug: string; tenantId: string }> {
  for (let n = 1; n <= TRIES; n++) {
    const { record, membershipId, modules } = wishFor(founding, n)
    const { id: tenantId, slug, name, kind } = record
    try {
      await withTenant(prospectiveMember(tenantId, founder.userId, 'owner', founder.name, { name, kind }), async (scope) => {
        await begin(scope, JSON.stringify(record), membershipId, JSON.stringify(modules))
        await recordAudit(scope, { action: 'organization.created', entityKind: 'organization', entityId: tenantId, label: name })
        if (!founding.isEmpty) await createProject(scope, createProjectSchema.parse({ name: 'First project', visibility: kind === 'personal' ? 'private' : 'organization' }))
      }, { request })
      return { slug, tenantId }
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  throw new ConflictError('Too many organizations have this name. Choose another one.')
}

/** What an organization begins with, at the n-th wish for an address. */
export function wishFor({ name, kind, timezone, ...founding }: Founding, n: number) {
  const [id, slug] = [founding.tenantId ?? uuidv7(), slugOf(name, n)]
  const record = { id, code: makeCode(), slug, name, kind, status: 'trial', plan_key: 'free', timezone: timezone ?? 'UTC', currency: founding.currency ?? 'USD', colour: founding.colour ?? anyColour(), is_demo: false, onboarding: 'open' }
  return { record, membershipId: uuidv7(), modules: (founding.modules ?? MODULES[kind]).map((key) => ({ id: uuidv7(), key, enabled: true })) }
}

// A unique slug or code, told apart from a taken e-mail address by the name of its index.
export function isTaken(error: unknown): boolean {
  const text = JSON.stringify(error, Object.getOwnPropertyNames(error ?? {})) + String((error as Error)?.message)
  return /organizations_(slug|code)_key/.test(text)
}
