import { toDate } from '@/lib/days'
import { IS_CANCELLED } from './done'
import { IS_NOBODYS } from './effective'
import { type FindingKind, STALE_DAYS } from './finding-kinds'
import { OPEN_STATUSES } from './rules'

const CONDITIONS: Record<FindingKind, (today: string, now: Date) => object> = {
  overdue: (today) => ({ dueOn: { lt: toDate(today) } }),
  blocked: () => ({ status: 'blocked' }),
  waiting_on_cancelled: () => ({ dependsOn: { some: { dependsOn: { deletedAt: null, ...IS_CANCELLED } } } }),
  unassigned: () => IS_NOBODYS,
  unestimated: () => ({ estimateMinutes: null }),
  stale: (_, now) => ({ updatedAt: { lt: new Date(now.getTime() - STALE_DAYS * 86_400_000) } }),
}

/** Open tasks of a finding, as a condition; the health of a project counts the same ones. `today` is `YYYY-MM-DD`. */
export function found(kind: FindingKind, today: string, now = new Date()): object {
  return { AND: [{ status: { in: OPEN_STATUSES } }, CONDITIONS[kind](today, now)] }
}
