import 'server-only'
import { addDays, addMonths, dayOf, monthOf, toDate, weekOf } from '@/lib/days'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { type TaskFilter, type TaskRow, whereOf, withProjects } from './task-list'

const SHOWN_A_DAY = 4
const READ_MAX = 1_000
const SHOWN = { id: true, projectId: true, number: true, title: true, status: true, dueOn: true } as const

export type CalendarTask = Pick<TaskRow, 'id' | 'number' | 'key' | 'projectSlug' | 'projectColour' | 'title' | 'status'>
export type Milestone = { kind: 'goal' | 'project'; id: string; title: string; projectSlug: string; isOver: boolean }
/** `total` counts all tasks of the day, `tasks` are the most pressing of them. */
export type CalendarDay = { day: string; tasks: CalendarTask[]; total: number; milestones: Milestone[] }

/** The days of a month in whole weeks from Monday. `month` is any day of it. */
export function daysOfMonth(month: string): string[] {
  const first = weekOf(monthOf(month))
  const last = addDays(addMonths(month, 1), -1)
  const days: string[] = []
  for (let day = first; day <= last || days.length % 7 !== 0; day = addDays(day, 1)) days.push(day)
  return days
}

/**
 * What is due in a month, of one project or of all that I see (archived ones apart), and the target days of its goals and
 * projects, which no filter hides. Cancelled and archived tasks are there only if asked for.
 */
export async function readCalendar(scope: Scope, filter: TaskFilter, { month, today, projectId }: { month: string; today: string; projectId?: string }): Promise<CalendarDay[]> {
  const days = daysOfMonth(month)
  const span = { gte: toDate(days[0]!), lte: toDate(days.at(-1)!) }
  const byDay = new Map<string, CalendarDay>(days.map((day) => [day, { day, tasks: [], total: 0, milestones: [] }]))
  for (const { on, ...milestone } of await listMilestones(scope, span, projectId)) byDay.get(on)!.milestones.push(milestone)
  const found = await whereOf(scope, filter, { projectId, today })
  if (!found) return [...byDay.values()]
  const where = { AND: [found.where as object, { dueOn: span }, filter.status.length ? {} : { status: { notIn: ['cancelled', 'archived'] } }] }
  const totals = await scope.tx.task.groupBy({ by: ['dueOn'], where, _count: { _all: true } })
  for (const { dueOn, _count } of totals) byDay.get(dayOf(dueOn!))!.total = _count._all
  // Together as long as they are few; else each day's own, lest the first days use up what is read.
  const read = (extra: object, take: number) => scope.tx.task.findMany({ where: { AND: [where, extra] }, orderBy: [{ dueOn: 'asc' }, { statusRank: 'asc' }, { priorityRank: 'asc' }, { id: 'asc' }], take, select: SHOWN })
  const areFew = totals.reduce((sum, { _count }) => sum + _count._all, 0) <= READ_MAX
  const tasks = areFew ? await read({}, READ_MAX) : []
  if (!areFew) for (const { dueOn } of totals) tasks.push(...(await read({ dueOn }, SHOWN_A_DAY)))
  for (const { dueOn, project, ...task } of await withProjects(scope, tasks)) {
    const day = byDay.get(dayOf(dueOn!))!
    if (day.tasks.length < SHOWN_A_DAY) day.tasks.push({ id: task.id, number: task.number, key: `${project.key}-${task.number}`, projectSlug: project.slug, projectColour: project.colour, title: task.title, status: task.status })
  }
  return [...byDay.values()]
}

async function listMilestones({ tx }: Scope, targetOn: { gte: Date; lte: Date }, projectId?: string): Promise<(Milestone & { on: string })[]> {
  const projects = await tx.project.findMany({ where: { ...(projectId ? { id: projectId } : {}), status: { not: 'archived' } }, include: { container: true } })
  const byId = new Map(projects.map((project) => [project.id, project]))
  const goals = await tx.goal.findMany({ where: { projectId: { in: [...byId.keys()] }, targetOn, status: { not: 'archived' } }, orderBy: { id: 'asc' } })
  return [
    ...projects.flatMap(({ id, slug, status, targetOn: day, container }) => (day && day >= targetOn.gte && day <= targetOn.lte
      ? [{ kind: 'project' as const, id, title: container.name, projectSlug: slug, isOver: status === 'completed', on: dayOf(day) }]
      : [])),
    ...goals.map(({ id, title, projectId: of, status, targetOn: day }) => ({ kind: 'goal' as const, id, title, projectSlug: byId.get(of)!.slug, isOver: status === 'completed', on: dayOf(day!) })),
  ]
}

/** The month of an address, `YYYY-MM`, as its first day; what is none is today's. */
export function monthFrom(text: unknown, today: string): string {
  return typeof text === 'string' && /^(19|20)\d\d-(0[1-9]|1[0-2])$/.test(text) ? `${text}-01` : monthOf(today)
}
