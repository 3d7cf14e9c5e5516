import { z } from 'zod'
import { normalizeEmail } from '@/lib/access/email'
import { LIMIT_KEYS, LOAD_KEYS } from '@/lib/plans/limit-keys'
import { isRealDay, line, paragraph } from '@/lib/text'

const text = (max: number) => z.string().trim().max(max).catch('')
const id = z.uuid()
export const REASON_MIN = 10
const reason = paragraph('The reason', 1000).refine((words) => words.length >= REASON_MIN, `Say why in at least ${REASON_MIN} characters: it is read by those whom it concerns.`)
export const planKey = z.string().regex(/^[a-z]{1,40}$/, 'Use small letters only, 40 at most.')

export const STATES = { trial: 'trial', active: 'active', suspended: 'suspended', cancelled: 'cancelled', deleted: 'deleted by its owner' } as const
export type OrganizationState = keyof typeof STATES
export const organizationFilterSchema = z.object({ q: text(120).default(''), state: z.enum(['', 'trial', 'active', 'suspended', 'cancelled', 'deleted']).catch('').default(''), plan: z.union([z.literal(''), planKey]).catch('').default(''), after: z.string().max(800).optional().catch(undefined) })
export type OrganizationFilter = z.infer<typeof organizationFilterSchema>

export const createOrganizationSchema = z.strictObject({
  name: line('A name', 120),
  kind: z.enum(['company', 'team', 'household', 'personal'], 'Choose one of the list.').default('company'),
  email: z.string().trim().max(320).refine((address) => normalizeEmail(address) !== null, 'Enter the e-mail address of its owner.'),
  /** '' begins with a trial. */
  plan: z.union([z.literal(''), planKey]).default(''),
})
export type CreateOrganization = z.infer<typeof createOrganizationSchema>

export const ACTS_WITH_REASON = ['suspend', 'cancel'] as const
export const suspendSchema = z.strictObject({ id, reason })
export const cancelSchema = z.strictObject({ id, reason, confirmation: z.string().max(60) })
export const organizationIdSchema = z.strictObject({ id })
/** What was read, to be told when it is something else by now. */
const was = z.string().max(40)
const version = z.coerce.number().int().min(1)
export const setPlanSchema = z.strictObject({ id, plan: planKey, was })
const WHOLE = 'Enter a whole number.'
/** `was`: plan, none or a number of its own. */
export const setLimitSchema = z.strictObject({ id, was, key: z.enum([...LIMIT_KEYS, ...LOAD_KEYS]), mode: z.enum(['plan', 'none', 'own'], 'Choose one of the list.'), value: z.union([z.literal(''), z.coerce.number(WHOLE).int(WHOLE).min(0, WHOLE).max(2_000_000_000, 'This is too large.')]).default('') })
  .refine(({ mode, value }) => mode !== 'own' || value !== '', { path: ['value'], message: WHOLE })
  // With none at all nobody there could so much as read why.
  .refine(({ key, mode, value }) => mode !== 'own' || value !== 0 || !(LOAD_KEYS as readonly string[]).includes(key), { path: ['value'], message: 'Enter 1 or more.' })
export const setModuleSchema = z.strictObject({ id, module: z.string().max(40), enabled: z.stringbool() })

export const peopleFilterSchema = z.object({ q: text(320).default(''), filter: z.enum(['', 'super_admins', 'deactivated']).catch('').default(''), after: z.string().max(800).optional().catch(undefined) })
export type PeopleFilter = z.infer<typeof peopleFilterSchema>
export const personIdSchema = z.strictObject({ id })
export const personReasonSchema = z.strictObject({ id, reason })
export const decideSuperAdminSchema = z.strictObject({ request: id, decision: z.enum(['approve', 'decline']) })

const day = z.union([z.literal(''), z.string().refine(isRealDay)]).catch('').default('')
export const platformAuditFilterSchema = z.object({
  person: text(320).default(''), action: z.string().regex(/^[a-z_.]{0,60}$/).catch('').default(''), outcome: z.enum(['', 'done', 'refused']).catch('').default(''), from: day, until: day,
  /** Of one support session alone. */
  support: z.union([z.literal(''), id]).catch('').default(''),
  before: z.string().max(200).optional().catch(undefined),
})
export type PlatformAuditFilter = z.infer<typeof platformAuditFilterSchema>

const most = z.union([z.literal('').transform(() => null), z.coerce.number(WHOLE).int(WHOLE).min(1, 'Enter 1 or more, or nothing for unlimited.').max(2_000_000_000, 'This is too large.')]).default(null)
const planFields = {
  name: line('A name', 60), position: z.coerce.number(WHOLE).int(WHOLE).min(1, 'Enter 1 or more.').max(1000, 'This is too large.'),
  /** As people write it: 29 or 29.50; stored in minor units. */
  price: z.string().trim().regex(/^\d{1,7}(\.\d{1,2})?$/, 'Enter an amount such as 29 or 29.50.').transform((amount) => Math.round(Number(amount) * 100)),
  members: most, projects: most, storageMb: most, apiCallsPerHour: most, auditDays: most, requestsPerMinute: most, statementSecondsPerMinute: most, exportedRowsPerHour: most,
}
export const savePlanSchema = z.strictObject({ key: planKey, ...planFields })
export const updatePlanSchema = savePlanSchema.extend({ version })
export const removePlanSchema = z.strictObject({ key: planKey, version })
