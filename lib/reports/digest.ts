import 'server-only'
import { longDay } from '@/lib/days'
import { isFinishedIn } from '@/lib/tasks/done'
import { withProjects } from '@/lib/tasks/task-list'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { type ReportFilter, spanOf } from './filter'

/** `on`: the day of the organization's zone. */
export type Completed = { id: string; key: string; number: number; projectName: string; projectSlug: string; title: string; summary: string; on: string; completedAt: Date }

/** What was completed in the period, the latest first. `after`: an id, for all of them in an order in which nothing moves. */
export async function listCompleted(scope: Scope, filter: ReportFilter, { take = 200, after, now = new Date() }: { take?: number; after?: string; now?: Date } = {}): Promise<Completed[]> {
  const { since, timezone } = spanOf(scope, filter, now)
  const archived = filter.project ? [] : await scope.tx.project.findMany({ where: { status: 'archived' }, select: { id: true } })
  const tasks = await scope.tx.task.findMany({
    where: { deletedAt: null, ...isFinishedIn(scope.tx, { gte: since, lte: now }), projectId: filter.project || { notIn: archived.map(({ id }) => id) }, ...(after === undefined ? {} : { id: { gt: after } }) },
    orderBy: after === undefined ? [{ completedAt: 'desc' }, { id: 'desc' }] : { id: 'asc' }, take,
  })
  return (await withProjects(scope, tasks)).map(({ project, ...task }) => ({
    id: task.id, key: `${project.key}-${task.number}`, number: task.number, projectName: project.container.name, projectSlug: project.slug, title: task.title,
    summary: task.completionSummary ?? '', on: toDay(task.completedAt!, timezone), completedAt: task.completedAt!,
  }))
}

/** A change log to paste: by project, then by day. What people wrote stays text: nothing in it becomes a heading, a link or a picture. */
export function toMarkdown(completed: Completed[]): string {
  const projects = [...new Set(completed.map(({ projectName }) => projectName))].sort((a, b) => a.localeCompare(b))
  return projects.map((name) => {
    const own = completed.filter(({ projectName }) => projectName === name)
    const days = [...new Set(own.map(({ on }) => on))]
    return [`## ${plain(name)}`, ...days.map((day) => [`### ${longDay(day)}`, own.filter(({ on }) => on === day).map(({ key, title, summary }) => `- **${key}** ${plain(title)}${summary ? `: ${plain(summary)}` : ''}`).join('\n')].join('\n\n'))].join('\n\n')
  }).join('\n\n')
}

const plain = (text: string) => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|!~]/g, '\\$&')
