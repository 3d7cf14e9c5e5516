import { z } from 'zod'
import { optionalId, version } from '@/lib/text'
import { ROLES } from '@/lib/tenancy/member'

const member = { id: z.uuid(), version }
const role = z.enum(ROLES, 'Choose one of the list.')

export const changeRoleSchema = z.strictObject({ ...member, role })
export const memberSchema = z.strictObject(member)
export const transferSchema = z.strictObject({ id: z.uuid() })
/** Who takes over what; '' for nobody. Private projects need somebody: nobody else could ever open them. */
export const removeMemberSchema = z.strictObject({ id: z.uuid(), projectsTo: optionalId.default(null), privateTo: optionalId.default(null), tasksTo: optionalId.default(null) })
export type RemoveMember = z.infer<typeof removeMemberSchema>

export const MEMBER_STATUSES = ['active', 'pending_approval', 'suspended', 'removed'] as const
export const memberFilterSchema = z.object({
  q: z.string().max(120).default(''),
  role: z.union([z.literal(''), role]).default(''),
  /** `holding`: has left, and holds something that somebody should take over. */
  status: z.union([z.literal(''), z.enum([...MEMBER_STATUSES, 'holding'])]).default(''),
  /** Open tasks that wait for somebody, told after somebody was removed. */
  left: z.coerce.number().int().min(0).max(1_000_000).default(0),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
})
export type MemberFilter = z.infer<typeof memberFilterSchema>
