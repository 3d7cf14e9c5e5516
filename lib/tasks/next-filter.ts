import { isUuid } from '@/lib/uuid'
import type { NextAddress } from './next-address'

/** What is none of an address of ours is left out. */
export function nextFilterOf(query: Record<string, string | string[] | undefined>): NextAddress {
  const text = (name: string) => [query[name] ?? ''].flat().join(',')
  const project = text('project')
  return { project: isUuid(project) ? project : '', skip: [...new Set(text('skip').split(',').filter(isUuid))].slice(-200) }
}
