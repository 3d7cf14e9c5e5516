import { listSupportSessions, setSupportPolicy } from '@/lib/support/organization-support'
import { requestSupport } from '@/lib/support/platform-support'
import { requestSupportSchema, type SupportPolicy } from '@/lib/support/schema'
import { withTenant } from '@/lib/tenancy/with-tenant'
import type { TestOrganization } from './make-organization'
import { makeProject, makeTask } from './make-project'
import type { SuperAdmin } from './make-super-admin'

/** What tests of support do over and over in one organization. `sam` asks unless another is given. */
export function visitsOf(organization: TestOrganization, sam: SuperAdmin) {
  const input = (more: object = {}) => requestSupportSchema.parse({ organization: organization.slug, reason: 'A list that does not load', reference: 'HELP-7', ...more })
  const sessions = () => withTenant(organization.owner, listSupportSessions)
  return {
    input, sessions,
    policy: (policy: SupportPolicy) => withTenant(organization.owner, (scope) => setSupportPolicy(scope, { policy })),
    ask: (more: object = {}, by = sam) => requestSupport(by.token, input(more)),
    toChange: () => requestSupport(sam.token, input({ mode: 'read_write', confirmation: organization.slug })),
    newest: async () => (await sessions())[0]!,
    anyTask: async () => makeTask(organization.owner, (await makeProject(organization.owner)).id),
  }
}
