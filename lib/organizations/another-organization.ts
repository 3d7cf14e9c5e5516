import 'server-only'
import { z } from 'zod'
import { ForbiddenError } from '@/lib/errors'
import { takeAttempt } from '@/lib/limits/limits'
import type { Person } from '@/lib/platform/directory'
import { isSignUpOpen } from '@/lib/sign-up/sign-up'
import { isEnabled } from '@/lib/switches/switches'
import type { RequestFacts } from '@/lib/tenancy/with-tenant'
import { line } from '@/lib/text'
import { hashToken } from '@/lib/tokens/token'
import { foundOrganization } from './founding'

export const anotherOrganizationSchema = z.strictObject({ name: line('A name', 120), kind: z.enum(['company', 'team', 'household', 'personal'], 'Choose one of the list.').default('company') })

/** Whether people who are here already may make further organizations by themselves. */
export async function mayFoundAnother(): Promise<boolean> {
  return (await isSignUpOpen()) && (await isEnabled(null, 'new_organizations'))
}

/**
 * Makes another organization for somebody signed in, who becomes its owner; the database looks at the session once more.
 * @throws ForbiddenError `sign_up_closed` · TooManyRequestsError
 */
export async function foundAnotherOrganization({ userId, name: founder, timezone }: Person, { name, kind }: z.infer<typeof anotherOrganizationSchema>, sessionToken: string, request?: RequestFacts): Promise<{ slug: string }> {
  if (!(await mayFoundAnother())) throw new ForbiddenError('Organizations are made by the people who run this installation.', 'sign_up_closed')
  await takeAttempt('found', userId)
  return foundOrganization({ name, kind, timezone }, { userId, name: founder }, ({ tx }, record, membershipId, modules) =>
    tx.$executeRaw`SELECT kernel.found_organization(${hashToken(sessionToken)}, ${record}::jsonb, ${membershipId}::uuid, ${modules}::jsonb, ${new Date()})`, request)
}
