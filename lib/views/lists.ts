import 'server-only'
import { z } from 'zod'
import { auditFilterSchema } from '@/lib/audit/audit-list'
import type { Permission } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import { memberFilterSchema } from '@/lib/members/schema'
import { taskFilterSchema } from '@/lib/tasks/task-list'
import { type Zoom, ZOOMS } from '@/lib/tasks/timeline'
import { workloadFilterSchema } from '@/lib/tasks/workload'
import type { ListKey } from './schema'

/** Lists whose filters can be kept, with what it takes to read them. */
export const LISTS: Record<ListKey, { schema: z.ZodObject; permission: Permission }> = {
  tasks: { schema: taskFilterSchema, permission: 'organization:read' },
  project: { schema: taskFilterSchema, permission: 'organization:read' },
  board: { schema: taskFilterSchema, permission: 'organization:read' },
  calendar: { schema: taskFilterSchema, permission: 'organization:read' },
  timeline: { schema: taskFilterSchema.extend({ zoom: z.enum(Object.keys(ZOOMS) as [Zoom, ...Zoom[]]).optional() }), permission: 'organization:read' },
  workload: { schema: workloadFilterSchema, permission: 'reports:read' },
  members: { schema: memberFilterSchema, permission: 'members:read' },
  audit: { schema: auditFilterSchema, permission: 'audit:read' },
}
// Where somebody stands in a list, and what it tells them once, is no part of a view of it.
const PLACES = ['after', 'before', 'page', 'left']

/** The filters among the parameters of an address, as they were written. @throws InvalidError when the list would refuse one */
export function toConfig(list: ListKey, query: string): Record<string, string> {
  const { schema } = LISTS[list]
  const given = [...new URLSearchParams(query)].filter(([key, value]) => key in schema.shape && !PLACES.includes(key) && value !== '')
  const config = Object.fromEntries(given)
  if (!schema.safeParse(config).success || given.some(([, value]) => value.includes('\0') || !value.isWellFormed())) throw new InvalidError('These filters are none that the list knows.')
  return config
}
