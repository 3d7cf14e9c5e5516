import 'server-only'
import { joinSql, sql, type Sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { nearWords } from './near-words'
import { tokenize, weighTokens } from './tokens'
import { v7 as uuidv7 } from '@/lib/uuid'

const SNIPPET_LENGTH = 160
const WORDS_MAX = 8
const NEAR_MAX = 3

export type Searchable = {
  entityKind: string
  entityId: string
  title: string
  body?: string
  labels?: string[]
  containerId?: string | null
  ownerUserId?: string | null
}

/** Puts a record into the search index, in the transaction that changes it. The guards are the record's own. */
export async function indexRecord(scope: Scope, record: Searchable): Promise<void> {
  const { entityKind, entityId, title, body = '', containerId = null, ownerUserId = null } = record
  await removeFromIndex(scope, entityKind, [entityId])
  const id = uuidv7()
  const guards = { containerId, ownerUserId }
  await scope.tx.searchDocument.createMany({ data: [{ id, entityKind, entityId, title, snippet: body.slice(0, SNIPPET_LENGTH), changedAt: new Date(), ...ownColumns(entityKind, entityId, containerId), ...guards }] })
  const tokens = [...weighTokens({ title, body, labels: record.labels })]
  await scope.tx.searchToken.createMany({ data: tokens.map(([token, weight]) => ({ id: uuidv7(), documentId: id, token, weight, ...guards, guardKey: containerId ? null : NO_CONTAINER })) })
}

// By its own column a foreign key holds the words of a record to the project that the record is in; for tasks the database writes it.
function ownColumns(entityKind: string, entityId: string, containerId: string | null) {
  if (entityKind === 'workstream') return { workstreamId: entityId }
  if (entityKind === 'goal') return { goalId: entityId }
  if (entityKind === 'idea') return { ideaId: entityId, guardKey: containerId ?? NO_CONTAINER }
  return entityKind === 'context' ? { contextId: entityId, guardKey: containerId ?? NO_CONTAINER } : {}
}
const NO_CONTAINER = '00000000-0000-0000-0000-000000000000'

export async function removeFromIndex(scope: Scope, entityKind: string, entityIds: string[]): Promise<void> {
  const documents = await scope.tx.searchDocument.findMany({ where: { entityKind, entityId: { in: entityIds } }, select: { id: true } })
  if (documents.length === 0) return
  const ids = documents.map(({ id }) => id)
  await scope.tx.searchToken.deleteMany({ where: { documentId: { in: ids } } })
  await scope.tx.searchDocument.deleteMany({ where: { id: { in: ids } } })
}

export type SearchHit = { entityKind: string; entityId: string; title: string; snippet: string; score: number }

type Options = { kinds?: string[]; limit?: number }
/** A word of the query with what it may stand for in the index; `isOpen`: still being typed, so also the beginning of one. */
type Wanted = { anyOf: string[]; isOpen: boolean }

/**
 * Records whose words include every word of the query, the last one as a prefix; best first, ties newest first.
 * Row security decides which tokens there are to match, so a hidden record has no hit, no count and no rank.
 */
export async function searchRecords(scope: Scope, query: string, options: Options = {}): Promise<SearchHit[]> {
  return readHits(scope, wantedOf(query), options)
}

/** The same; where nothing fits, words that nobody wrote are taken for the nearest ones that somebody did. `instead`: those, as they were read. */
export async function findRecords(scope: Scope, query: string, options: Options = {}): Promise<{ hits: SearchHit[]; instead: string[] }> {
  const wanted = wantedOf(query)
  const hits = await readHits(scope, wanted, options)
  if (hits.length > 0 || wanted.length === 0) return { hits, instead: [] }
  const mended: Wanted[] = []
  for (const word of wanted) mended.push(await mend(scope, word))
  const instead = mended.filter((word, index) => word !== wanted[index]).flatMap(({ anyOf }) => anyOf)
  return instead.length ? { hits: await readHits(scope, mended, options), instead } : { hits, instead }
}

function wantedOf(query: string): Wanted[] {
  const words = [...new Set(tokenize(query))].slice(0, WORDS_MAX)
  return words.map((word, index) => ({ anyOf: [word], isOpen: index === words.length - 1 }))
}

// A word is matched as typed, stemmed; one still being typed, as a beginning.
const matching = ({ anyOf, isOpen }: Wanted): Sql => (isOpen ? sql`(t.token >= ${anyOf[0]!} AND t.token < ${`${anyOf[0]!}\u{10ffff}`})` : sql`t.token = ANY (${anyOf})`)

async function readHits(scope: Scope, wanted: Wanted[], options: Options): Promise<SearchHit[]> {
  const last = wanted.at(-1)
  if (!last) return []
  const { tenantId } = scope.member
  const kinds = options.kinds?.length ? sql`AND d.entity_kind IN (${joinSql(options.kinds)})` : sql``
  const others = wanted.slice(0, -1).map((word) => sql`AND EXISTS (SELECT 1 FROM search_tokens t WHERE t.tenant_id = ${tenantId}::uuid AND t.document_id = d.id AND ${matching(word)})`)
  return scope.tx.$queryRaw<SearchHit[]>`
    SELECT d.entity_kind AS "entityKind", d.entity_id AS "entityId", d.title, d.snippet, sum(t.weight)::int AS score
      FROM search_tokens t JOIN search_documents d ON d.tenant_id = ${tenantId}::uuid AND d.id = t.document_id
     WHERE t.tenant_id = ${tenantId}::uuid AND ${matching(last)} ${kinds} ${joinSql(others.length ? others : [sql``], ' ')}
     GROUP BY d.entity_kind, d.entity_id, d.title, d.snippet, d.changed_at
     ORDER BY score DESC, d.changed_at DESC LIMIT ${options.limit ?? 50}`
}

// Words of records that I do not see are no words here, so nothing is learned of them by what is offered instead.
async function mend(scope: Scope, word: Wanted): Promise<Wanted> {
  const { tenantId } = scope.member
  const known = await scope.tx.$queryRaw<unknown[]>`SELECT 1 FROM search_tokens t WHERE t.tenant_id = ${tenantId}::uuid AND ${matching(word)} LIMIT 1`
  if (known.length > 0) return word
  const near = nearWords(word.anyOf[0]!)
  const rows = await scope.tx.$queryRaw<{ token: string }[]>`
    SELECT c.token FROM unnest(${near}::text[]) WITH ORDINALITY c(token, at)
     WHERE EXISTS (SELECT FROM search_tokens t WHERE t.tenant_id = ${tenantId}::uuid AND t.token = c.token) ORDER BY c.at LIMIT ${NEAR_MAX}`
  return rows.length > 0 ? { anyOf: rows.map(({ token }) => token), isOpen: false } : word
}
