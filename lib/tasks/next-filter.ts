import { isUuid } from '@/lib/uuid'
import { type NextAddress, SKIPPED_MAX } from './next-address'

/** What is none of an address of ours is left out. */
export function nextFilterOf(query: Record<string, string | string[] | undefined>): NextAddress {
  const text = (name: string) => [query[name] ?? ''].flat().join(',')
  const id = (name: string) => (isUuid(text(name)) ? text(name) : '')
  return { person: id('person'), project: id('project'), workstream: id('workstream'), label: id('label'), skip: [...new Set(text('skip').split(',').filter(isUuid))].slice(-SKIPPED_MAX) }
}
