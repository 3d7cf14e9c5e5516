import 'server-only'
import { addDays, dayOf, daysBetween, toDate, weekOf } from '@/lib/days'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { startOfDay, toDay } from '@/lib/text'
import { isOpen, type Status } from './rules'
import { type TaskFilter, whereOf } from './task-list'

const BARS_MAX = 300
const UNDATED_MAX = 30

/** `days`: how far a window reaches before and after today; what lies outside is counted, not drawn. `pixels`: of one day. */
export const ZOOMS = { week: { days: 90, pixels: 24 }, month: { days: 365, pixels: 8 }, quarter: { days: 1095, pixels: 3 } } as const
export type Zoom = keyof typeof ZOOMS

export type TimelineTask = { id: string; number: number; title: string; status: Status; priority: string; workstreamId: string | null }
/** `startsOn` and `endsOn` are days of the organization's zone, both inside of the bar. */
export type Bar = TimelineTask & { startsOn: string; endsOn: string; isLate: boolean; waitsFor: number[] }
export type Timeline = { from: string; to: string; groups: { name: string | null; bars: Bar[] }[]; dependencies: { taskId: string; dependsOnId: string }[]; undated: TimelineTask[]; undatedCount: number; outsideCount: number; leftOutCount: number }

/**
 * The bars of a project: from when a task was started (or else made) to the day it was completed (or else is due). One that is
 * neither due nor completed has no bar and is named instead. Cancelled and archived ones are there only if asked for.
 */
export async function readTimeline(scope: Scope, filter: TaskFilter, { projectId, today, zoom }: { projectId: string; today: string; zoom: Zoom }): Promise<Timeline> {
  const { tx, member } = scope
  const empty: Timeline = { from: today, to: today, groups: [], dependencies: [], undated: [], undatedCount: 0, outsideCount: 0, leftOutCount: 0 }
  const found = await whereOf(scope, filter, { projectId, today })
  if (!found) return empty
  const shown = { AND: [found.where as object, filter.status.length ? {} : { status: { notIn: ['cancelled', 'archived'] } }] }
  const hasEnd = { OR: [{ dueOn: { not: null } }, { completedAt: { not: null } }] }
  const noEnd = { dueOn: null, completedAt: null }
  const { days } = ZOOMS[zoom]
  const [first, last] = [addDays(today, -days), addDays(today, days)]
  const [opens, closes] = [startOfDay(first, member.organization.timezone), startOfDay(last, member.organization.timezone, 1)]
  const endsIn = { OR: [{ completedAt: { gte: opens } }, { completedAt: null, dueOn: { gte: toDate(first) } }] }
  const beginsIn = { OR: [{ startedAt: { lt: closes } }, { startedAt: null, createdAt: { lt: closes } }, { completedAt: { lt: closes } }, { completedAt: null, dueOn: { lte: toDate(last) } }] }
  const near = { AND: [shown, endsIn, beginsIn] }
  const tasks = await tx.task.findMany({ where: near, orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { number: 'asc' }], take: BARS_MAX })
  const nearCount = await tx.task.count({ where: near })
  const all = await tx.task.count({ where: { AND: [shown, hasEnd] } })
  const undated = await tx.task.findMany({ where: { AND: [shown, noEnd] }, orderBy: { number: 'asc' }, take: UNDATED_MAX })
  const undatedCount = await tx.task.count({ where: { AND: [shown, noEnd] } })

  const day = (instant: Date) => toDay(instant, member.organization.timezone)
  const bars = tasks.map((task): Bar => {
    const endsOn = task.completedAt ? day(task.completedAt) : dayOf(task.dueOn!)
    const begun = day(task.startedAt ?? task.createdAt)
    return { ...plain(task), startsOn: begun < endsOn ? begun : endsOn, endsOn, isLate: isOpen(task.status) && endsOn < today, waitsFor: [] }
  })
  const byId = new Map(bars.map((bar) => [bar.id, bar]))
  const dependencies = (await tx.taskDependency.findMany({ where: { projectId, taskId: { in: [...byId.keys()] } }, select: { taskId: true, dependsOnId: true }, orderBy: { id: 'asc' } })).filter(({ dependsOnId }) => byId.has(dependsOnId))
  for (const { taskId, dependsOnId } of dependencies) byId.get(taskId)!.waitsFor.push(byId.get(dependsOnId)!.number)

  const earliest = bars.reduce((first, { startsOn }) => (startsOn < first ? startsOn : first), today)
  const latest = bars.reduce((last, { endsOn }) => (endsOn > last ? endsOn : last), today)
  return {
    from: weekOf(earliest < first ? first : earliest), to: addDays(latest > last ? last : latest, daysBetween(earliest, latest) < 28 ? 21 : 14),
    groups: await inGroups(scope, projectId, bars), dependencies, undated: undated.map(plain), undatedCount, outsideCount: all - nearCount, leftOutCount: nearCount - tasks.length,
  }
}

async function inGroups({ tx }: Scope, projectId: string, bars: Bar[]): Promise<Timeline['groups']> {
  const workstreams = await tx.workstream.findMany({ where: { projectId }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true, name: true } })
  const sorted = [...bars].sort((a, b) => a.startsOn.localeCompare(b.startsOn) || a.endsOn.localeCompare(b.endsOn) || a.number - b.number)
  return [...workstreams, { id: null, name: null }].map(({ id, name }) => ({ name, bars: sorted.filter(({ workstreamId }) => workstreamId === id) })).filter(({ bars: some }) => some.length > 0)
}

function plain({ id, number, title, status, priority, workstreamId }: { id: string; number: number; title: string; status: string; priority: string; workstreamId: string | null }): TimelineTask {
  return { id, number, title, status: status as Status, priority, workstreamId }
}
