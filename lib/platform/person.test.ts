import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UnavailableError } from '@/lib/errors'
import { readPersonTables } from '@/lib/isolation/person-attempts'
import { makeMatters } from '@/lib/isolation/person-fixture'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { asSetup, makePerson } from '@/lib/testing/make-person'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { platformPool } from './client'
import { withPerson } from './person'

type Marked = { id: string; canary: string }
let [a, b]: Marked[] = []
beforeAll(async () => void ([a, b] = [await makeMarked(), await makeMarked()]))
afterAll(closeConnections)

// A row in every table of theirs, and in each text of it a word that nobody else has.
async function makeMarked(): Promise<Marked> {
  const { id } = await makePerson()
  const canary = `canary${id.replaceAll('-', '')}`
  await withConnection('PLATFORM_DATABASE_URL', async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT kernel.enter_person($1)', [id])
    await makeMatters(client, id)
    await client.query('COMMIT')
  })
  const texts = await asSetup<{ table: string; column: string; person: string }>(`
    SELECT d.table_name AS table, a.attname::text AS column, d.person_column AS person FROM kernel.tables d JOIN pg_attribute a ON a.attrelid = ('public.' || d.table_name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
     WHERE d.family = 'global' AND d.person_column IS NOT NULL AND a.atttypid = 'text'::regtype
       AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey))
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND a.attnum = ANY (c.conkey) AND pg_get_constraintdef(c.oid) !~ 'char_length')`)
  for (const { table, column, person } of texts) await asSetup(`UPDATE public."${table}" SET "${column}" = $2 WHERE "${person}" = $1`, [id, canary])
  return { id, canary }
}

/** Every row of every person table that this person's transaction shows, by no condition of its own. */
async function everythingOf({ id }: Marked): Promise<Map<string, string>> {
  const tables = (await withConnection('DATABASE_URL', readPersonTables)).filter(({ personColumn, commands }) => personColumn !== null && commands.includes('select'))
  return withPerson(id, NO_VISITOR, async ({ tx }) => {
    const seen = new Map<string, string>()
    for (const { table, columns } of tables) {
      const text = `SELECT coalesce(string_agg(concat_ws('|', ${columns.map((column) => `t."${column}"::text`).join()}), chr(10)), '') AS text FROM public."${table}" t`
      const [row] = await tx.$queryRaw<{ text: string }[]>(Object.assign([text], { raw: [text] }))
      seen.set(table, row!.text)
    }
    return seen
  })
}

describe('withPerson', () => {
  test('a person sees their own rows of every table and not a word of anybody else', async () => {
    const [ofA, ofB] = [await everythingOf(a!), await everythingOf(b!)]
    expect([...ofA].filter(([, text]) => text === '').map(([table]) => table)).toEqual([])
    for (const [mine, me, other] of [[ofA, a!, b!], [ofB, b!, a!]] as const) {
      const all = [...mine.values()].join('\n')
      expect(all).toContain(me.canary)
      expect(all).toContain(me.id)
      expect(all).not.toContain(other.canary)
      expect(all).not.toContain(other.id)
    }
  })

  test('nothing of the person stays on the connection, after a commit or a rollback', async () => {
    const left = async () => (await Promise.all(Array.from({ length: 8 }, () => platformPool().query<{ who: string | null }>(`SELECT nullif(current_setting('app.user_id', true), '') AS who`)))).map(({ rows: [row] }) => row!.who)
    await Promise.all(Array.from({ length: 8 }, () => withPerson(a!.id, NO_VISITOR, ({ tx }) => tx.user.count())))
    await expect(withPerson(a!.id, NO_VISITOR, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await left()).toEqual(Array(8).fill(null))
  })

  test.each(['', 'not-a-uuid'])('refuses to begin as %j', async (userId) => {
    await expect(withPerson(userId, NO_VISITOR, ({ tx }) => tx.user.count())).rejects.toThrow()
  })

  test('many at once each see themselves alone', async () => {
    const people = Array.from({ length: 40 }, (_, at) => (at % 2 ? a! : b!))
    const seen = await Promise.all(people.map(({ id }) => withPerson(id, NO_VISITOR, async ({ tx }) => (await tx.user.findMany()).map((row) => row.id))))
    expect(seen).toEqual(people.map(({ id }) => [id]))
  })

  test('a database that is away is said to be away, not empty', async () => {
    const away = Object.assign(new Error('x'), { code: 'ECONNREFUSED' })
    await expect(withPerson(a!.id, NO_VISITOR, () => Promise.reject(away))).rejects.toBeInstanceOf(UnavailableError)
  })
})
