import { respondWith } from '@/lib/http/response'
import { type TaskFilter, taskFilterSchema, type TaskPage } from './task-list'

export type SearchParams = Record<string, string | string[] | undefined>

/** The filters of a URL; null, and status 422, when one of them is none. Parameters that are no filter are left alone. */
export function parseTaskFilter(query: SearchParams): TaskFilter | null {
  const result = taskFilterSchema.safeParse(query)
  const isStorable = typeof query.q !== 'string' || (query.q.isWellFormed() && !query.q.includes('\0'))
  if (result.success && isStorable) return result.data
  respondWith(422)
  return null
}

export function withAfter(path: string, query: SearchParams, after: string): string {
  const parameters = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'after' && entry[0] !== 'new'))
  if (after) parameters.set('after', after)
  return parameters.size ? `${path}?${parameters}` : path
}

export function totalText({ total, totalIsCapped, searchIsCapped }: Pick<TaskPage, 'total' | 'totalIsCapped' | 'searchIsCapped'>): string {
  if (searchIsCapped) return `${total.toLocaleString('en')} of the first 1,000 tasks with these words; add a word to see others`
  if (totalIsCapped) return `${total.toLocaleString('en')}+ tasks`
  return total === 1 ? '1 task' : `${total} tasks`
}

/** The address of the same list with one parameter set, or taken away by ''. It begins at its first page again. */
export function withParameter(path: string, query: SearchParams, name: string, value: string): string {
  return withAfter(path, { ...query, [name]: value || undefined }, '')
}
