import 'server-only'
import { z } from 'zod'
import { can, type Permission, PERMISSIONS } from '@/lib/authorization/permissions'
import { findPlaces, kindsFor, KIND_LABELS } from '@/lib/search/places'
import { findRecords } from '@/lib/search/search'
import { operation } from './operation'
import { list, text } from './inputs'

export const generalOperations = [
  operation({
    name: 'whoami', title: 'Who am I', description: 'The organization, the person in whose name this key acts, their role, what the key may, and the project it is limited to.', permission: 'organization:read', input: z.strictObject({}),
    run: async ({ tx, member, key }) => {
      const { slug, name, timezone } = member.organization
      const scopes = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => can(member.role, permission) && (!key || key.scopes.includes(permission)))
      const limit = key?.containerId ? await tx.project.findFirst({ where: { id: key.containerId }, select: { id: true, slug: true, key: true } }) : null
      return { organization: { slug, name, timezone }, person: { id: member.userId, name: member.displayName }, role: member.role, scopes, projectLimit: limit }
    },
  }),
  operation({
    name: 'search', title: 'Search', description: 'Records with all of the words, the best first. A misspelt word finds its nearest.', permission: 'tasks:read',
    input: z.strictObject({ query: text('The words'), kinds: list(z.string(), `Only these kinds: ${Object.keys(KIND_LABELS).join(', ')}`).optional() }),
    run: async (scope, { query, kinds: wanted }) => {
      const kinds = kindsFor(scope, wanted)
      if (kinds?.length === 0) return { hits: [], instead: [] }
      const { hits, instead } = await findRecords(scope, query.slice(0, 200).replaceAll('\0', ''), { kinds, words: scope.key && kinds, limit: 50 })
      const places = new Map((await findPlaces(scope, hits)).map((place) => [place.id, place]))
      return { hits: hits.flatMap(({ entityKind, entityId, title, snippet, score }) => (places.has(entityId) ? [{ kind: entityKind, id: entityId, key: places.get(entityId)!.hint, title, snippet, score, path: places.get(entityId)!.href }] : [])), instead }
    },
  }),
]
