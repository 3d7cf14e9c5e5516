import 'server-only'
import { joinSql, sql, type Sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { nearWords } from './near-words'
import { tokenize, weighTokens } from './tokens'
import { v7 as uuidv7 } from '@/lib/uuid'

const SNIPPET_LENGTH = 160
const WORDS_MAX = 8
const NEAR_MAX = 3
const RANKED_MAX = 1_000
const READ_MAX = 200_000

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

/** `words`: the kinds whose words may be told of, where not all of them may be read. */
type Options = { kinds?: string[]; words?: string[]; limit?: number }
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
  for (const word of wanted) mended.push(await mend(scope, word, options.words))
  const instead = mended.filter((word, index) => word !== wanted[index]).flatMap(({ anyOf }) => anyOf)
  return instead.length ? { hits: await readHits(scope, mended, options), instead } : { hits, instead }
}

function wantedOf(query: string): Wanted[] {
  const words = [...new Set(tokenize(query))].slice(0, WORDS_MAX)
  return words.map((word, index) => ({ anyOf: [word], isOpen: index === words.length - 1 }))
}

// A word is matched as typed, stemmed; one still being typed, as a beginning.
const matching = ({ anyOf, isOpen }: Wanted): Sql => (isOpen ? sql`(t.token >= ${anyOf[0]!} AND t.token < ${`${anyOf[0]!}\u{10ffff}`})` : sql`t.token = ANY (${anyOf})`)

/**
 * Reads from the rarest of the words, so that the work is that of the few records that have it. Where even that one fits more
 * than `RANKED_MAX`, the newest of them are ranked, those with the very word before those that only begin with it; if the
 * kinds that are asked for are too few among those, all of them.
 */
async function readHits(scope: Scope, wanted: Wanted[], { kinds = [], limit = 50 }: Options): Promise<SearchHit[]> {
  const rarest = wanted.length > 1 ? await findRarest(scope, wanted) : wanted[0]
  if (!rarest) return []
  const read = (most: number) => readRanked(scope, rarest, wanted.filter((one) => one !== rarest), { kinds, limit, most })
  const { hits, looked } = await read(RANKED_MAX)
  return kinds.length > 0 && hits.length < limit && looked >= RANKED_MAX ? (await read(READ_MAX)).hits : hits
}

async function readRanked({ tx, member: { tenantId } }: Scope, rarest: Wanted, others: Wanted[], { kinds, limit, most }: { kinds: string[]; limit: number; most: number }): Promise<{ hits: SearchHit[]; looked: number }> {
  const newest = (word: Sql) => sql`(SELECT t.document_id, t.weight FROM search_tokens t WHERE t.tenant_id = ${tenantId}::uuid AND ${word} ORDER BY t.token, t.document_id DESC LIMIT ${most})`
  const [word] = rarest.anyOf as [string]
  const found = rarest.isOpen ? sql`${newest(sql`t.token = ${word}`)} UNION ALL ${newest(sql`t.token > ${word} AND t.token < ${`${word}\u{10ffff}`}`)}` : joinSql(rarest.anyOf.map((one) => newest(sql`t.token = ${one}`)), ' UNION ALL ')
  // Never a value asked for row by row: the policy inside it would be asked each time.
  const ofKinds = kinds.length ? sql`AND d.entity_kind IN (${joinSql(kinds)})` : sql``
  const withOthers = others.map((one) => sql`AND EXISTS (SELECT 1 FROM search_tokens t WHERE t.tenant_id = ${tenantId}::uuid AND t.document_id = d.id AND ${matching(one)})`)
  const hits = await tx.$queryRaw<(SearchHit & { looked: number })[]>`
    WITH found AS MATERIALIZED (SELECT * FROM (${found}) u LIMIT ${most})
    SELECT d.entity_kind AS "entityKind", d.entity_id AS "entityId", d.title, d.snippet, sum(f.weight)::int AS score, (SELECT count(*)::int FROM found) AS looked
      FROM found f JOIN search_documents d ON d.tenant_id = ${tenantId}::uuid AND d.id = f.document_id
     WHERE true ${ofKinds} ${joinSql(withOthers.length ? withOthers : [sql``], ' ')}
     GROUP BY d.entity_kind, d.entity_id, d.title, d.snippet, d.changed_at
     ORDER BY score DESC, d.changed_at DESC LIMIT ${limit}`
  // Nothing of these kinds among them says nothing of how many they were.
  return { hits: hits.map(({ looked: _, ...hit }) => hit), looked: hits[0]?.looked ?? most }
}

async function findRarest({ tx, member }: Scope, wanted: Wanted[]): Promise<Wanted> {
  const counts = []
  for (const word of wanted) {
    const [row] = await tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (SELECT 1 FROM search_tokens t WHERE t.tenant_id = ${member.tenantId}::uuid AND ${matching(word)} LIMIT ${RANKED_MAX}) c`
    counts.push({ word, count: row!.count })
  }
  return counts.reduce((least, one) => (one.count < least.count ? one : least)).word
}

// Words of records that I do not see are no words here, so nothing is learned of them by what is offered instead.
async function mend(scope: Scope, word: Wanted, kinds?: string[]): Promise<Wanted> {
  const { tenantId } = scope.member
  const ofKinds = kinds ? sql`AND EXISTS (SELECT 1 FROM search_documents d WHERE d.tenant_id = ${tenantId}::uuid AND d.id = t.document_id AND d.entity_kind IN (${joinSql(kinds)}))` : sql``
  const known = await scope.tx.$queryRaw<unknown[]>`SELECT 1 FROM search_tokens t WHERE t.tenant_id = ${tenantId}::uuid AND ${matching(word)} ${ofKinds} LIMIT 1`
  if (known.length > 0) return word
  const near = nearWords(word.anyOf[0]!)
  const rows = await scope.tx.$queryRaw<{ token: string }[]>`
    SELECT c.token FROM unnest(${near}::text[]) WITH ORDINALITY c(token, at)
     WHERE EXISTS (SELECT FROM search_tokens t WHERE t.tenant_id = ${tenantId}::uuid AND t.token = c.token ${ofKinds}) ORDER BY c.at LIMIT ${NEAR_MAX}`
  return rows.length > 0 ? { anyOf: rows.map(({ token }) => token), isOpen: false } : word
}
