import { z } from 'zod'
import { PERMISSIONS, type Permission } from '@/lib/authorization/permissions'
import { line, many, optionalId } from '@/lib/text'

const scope = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]], 'Choose permissions of the list.')

export const createApiKeySchema = z.strictObject({
  name: line('A name', 80),
  scopes: many(scope, 100).refine((scopes) => scopes.length > 0, 'Choose at least one permission.'),
  containerId: optionalId.default(null),
  days: z.coerce.number('Choose 1 to 365 days.').int('Choose 1 to 365 days.').min(1, 'Choose 1 to 365 days.').max(365, 'Choose 1 to 365 days.').default(30),
  ratePerHour: z.coerce.number('Choose 1 to 20,000 calls.').int('Choose 1 to 20,000 calls.').min(1, 'Choose 1 to 20,000 calls.').max(20_000, 'Choose 1 to 20,000 calls.').default(1_000),
})
export type CreateApiKey = z.infer<typeof createApiKeySchema>
/** `overlapHours`: how long the old key goes on beside the new one. */
export const rotateApiKeySchema = z.strictObject({ id: z.uuid(), overlapHours: z.coerce.number().int().min(0, 'Choose 0 to 24 hours.').max(24, 'Choose 0 to 24 hours.').default(1) })
