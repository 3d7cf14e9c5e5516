import 'server-only'
import { dayOf, daysBetween } from '@/lib/days'
import { IS_CANCELLED } from '@/lib/tasks/done'
import { FINDING_KINDS, type FindingKind } from '@/lib/tasks/finding-kinds'
import { found } from '@/lib/tasks/findings'
import { toDay } from '@/lib/text'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { HealthCounts } from './health'

const NAMED = 3

/** `days`: overdue or unchanged for so many; `reason`: why it is blocked, or the cancelled tasks it waits for. */
export type FoundTask = { id: string; number: number; key: string; title: string; days: number | null; reason: string | null }
export type Finding = { kind: FindingKind; count: number; tasks: FoundTask[] }

type Order = NonNullable<NonNullable<Parameters<Scope['tx']['task']['findMany']>[0]>['orderBy']>
const PRESSING: Order = [{ priorityRank: 'asc' }, { number: 'asc' }]
const ORDERS: Record<FindingKind, Order> = {
  overdue: [{ dueOn: 'asc' }, { number: 'asc' }], blocked: [{ updatedAt: 'asc' }, { number: 'asc' }], stale: [{ updatedAt: 'asc' }, { number: 'asc' }], waiting_on_cancelled: PRESSING, unassigned: PRESSING, unestimated: PRESSING,
}

/** What the counts of a project's health are made of: each kind that was found, with the tasks of it that press most. `today` is the organization's day. */
export async function listFindings(scope: Scope, project: { id: string; key: string }, counts: HealthCounts, { today, now = new Date() }: { today: string; now?: Date }): Promise<Finding[]> {
  const { tx, member } = scope
  const findings: Finding[] = []
  for (const kind of FINDING_KINDS.filter((one) => counts[one] > 0)) {
    const rows = await tx.task.findMany({ where: { projectId: project.id, deletedAt: null, AND: [found(kind, today, now)] }, orderBy: ORDERS[kind], take: NAMED })
    const awaited = kind === 'waiting_on_cancelled' ? await cancelledBefore(scope, project, rows.map(({ id }) => id)) : null
    const daysOf = ({ dueOn, updatedAt }: (typeof rows)[number]) => (kind === 'overdue' ? daysBetween(dayOf(dueOn!), today) : kind === 'stale' ? daysBetween(toDay(updatedAt, member.organization.timezone), today) : null)
    findings.push({
      kind, count: counts[kind],
      tasks: rows.map((task) => ({ id: task.id, number: task.number, key: `${project.key}-${task.number}`, title: task.title, days: daysOf(task), reason: kind === 'blocked' ? task.blockedReason : (awaited?.get(task.id) ?? null) })),
    })
  }
  return findings
}

/** The cancelled tasks that each of these waits for, by key and title. */
async function cancelledBefore({ tx }: Scope, { id, key }: { id: string; key: string }, taskIds: string[]): Promise<Map<string, string>> {
  const rows = await tx.taskDependency.findMany({ where: { projectId: id, taskId: { in: taskIds }, dependsOn: { deletedAt: null, ...IS_CANCELLED } }, include: { dependsOn: true }, orderBy: { id: 'asc' } })
  const byTask = Map.groupBy(rows, ({ taskId }) => taskId)
  return new Map([...byTask].map(([taskId, waits]) => [taskId, waits.map(({ dependsOn: { number, title } }) => `${key}-${number} ${title}`).join(', ')]))
}
