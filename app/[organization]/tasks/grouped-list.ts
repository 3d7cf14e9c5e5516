import { type GroupKey, readGroups, type TaskGroups } from '@/lib/tasks/grouped'
import { type SearchParams, withAfter } from '@/lib/tasks/filter-url'
import { listTasks, type TaskFilter, type TaskPage } from '@/lib/tasks/task-list'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Section } from './group-heading'

export type Listed = TaskPage & { groups: TaskGroups['groups'] | null; leftOut: TaskGroups['leftOut'] }

/** A page of a list, or the list in groups if its address says by what. */
export async function readListed(scope: Scope, filter: TaskFilter, place: { projectId?: string; today: string }): Promise<Listed> {
  if (!filter.group) return { ...(await listTasks(scope, filter, place)), groups: null, leftOut: [] }
  const { groups, leftOut } = await readGroups(scope, { ...filter, group: filter.group as GroupKey }, place)
  return { groups, leftOut, tasks: groups.flatMap(({ tasks }) => tasks), nextCursor: null, total: 0, totalIsCapped: false, searchIsCapped: false }
}

const listOf = (filter: Record<string, string>, path: string, query: SearchParams) => withAfter(path, { ...query, ...filter, group: undefined }, '')

/** Each group's heading; its link opens the group as a list of its own. */
export function sectionsOf({ groups }: Listed, path: string, query: SearchParams): Section[] | undefined {
  return groups?.map(({ label, total, tasks, filter }) => ({ label, total, count: tasks.length, href: listOf(filter, path, query) }))
}

/** The groups that are not shown, each as a list of its own. */
export const leftOutOf = ({ leftOut }: Listed, path: string, query: SearchParams) => leftOut.map(({ label, filter }) => ({ label, href: listOf(filter, path, query) }))
