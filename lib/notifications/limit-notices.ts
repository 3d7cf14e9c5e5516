import 'server-only'
import { readUsage, type LimitKey } from '@/lib/plans/limits'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { notify, type Notice } from './notify'

const LEVELS = [100, 80]
const WORDS: Record<LimitKey, string> = { members: 'seats', projects: 'projects', storage_mb: 'megabytes of files', api_calls: 'API calls of an hour' }

/**
 * Tells owners and admins when what was just added has brought a limit to 80 or 100 percent. The database tells each of them
 * once of each level of a limit, however often it is passed.
 */
export async function tellLimitNear(scope: Scope, key: LimitKey, added: number): Promise<void> {
  const usage = (await readUsage(scope)).find((row) => row.key === key)
  if (!usage?.max) return
  const { used, max } = usage
  const level = LEVELS.find((percent) => used * 100 >= percent * max && (used - added) * 100 < percent * max)
  if (!level) return
  const receivers = await scope.tx.membership.findMany({ where: { role: { in: ['owner', 'admin'] }, status: 'active' }, select: { userId: true } })
  const title = level === 100 ? `All ${max.toLocaleString('en')} ${WORDS[key]} of the plan are in use` : `${used.toLocaleString('en')} of ${max.toLocaleString('en')} ${WORDS[key]} are in use`
  const body = level === 100 ? 'Nothing more can be added until there is room or a larger plan.' : 'Make room or choose a larger plan before the limit is reached.'
  // The limit itself is in it: once it is raised, its levels are new ones.
  await notify(scope, receivers.map(({ userId }): Notice => ({ userId, kind: 'limit_near', title, body, link: '/settings/plan', entityKind: `limit:${key}:${max}:${level}`, minRole: 'manager' })))
}
