/** What a look at a project's open tasks finds, the most pressing first. */
export const FINDING_KINDS = ['overdue', 'blocked', 'waiting_on_cancelled', 'unassigned', 'unestimated', 'stale'] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** Open tasks that nobody has changed for so long are stale. */
export const STALE_DAYS = 14

export const FINDING_LABELS: Record<FindingKind, string> = {
  overdue: 'Overdue', blocked: 'Blocked', waiting_on_cancelled: 'Waiting for a cancelled task', unassigned: 'Nobody’s', unestimated: 'Without an estimate', stale: `Unchanged for ${STALE_DAYS} days`,
}
