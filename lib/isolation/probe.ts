import pg from 'pg'
import { attemptsOn, outcome, readTargets, untried, type Attempt, type Target } from './attempts'
import { makeThrowaway, type Person } from './fixture'
import type { Row } from './insert'
import { attackPersons } from './person-probe'

export type ProbeFigures = { attempts: number; leaks: number; changes: number; tables: number; milliseconds: number; findings: string[] }

// How somebody may come who must get nothing. A request without a tenant must fail loudly: an empty answer would hide the bug.
const CALLERS = ['other organization', 'no tenant', 'malformed tenant', 'platform role'] as const
type Caller = (typeof CALLERS)[number]

/**
 * Tries everything on every tenant table of the live catalog, and on every table of a person's own matters, as somebody who
 * may do nothing there, between two throw-away twins, in one transaction that is rolled back: safe on any database, also in production. `setupUrl` may become the
 * runtime roles. Rows of real organizations are counted, never read.
 */
export async function runProbe(setupUrl: string): Promise<ProbeFigures> {
  const began = performance.now()
  const client = new pg.Client({ connectionString: setupUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    return { ...(await attack(client)), milliseconds: Math.round(performance.now() - began) }
  } finally {
    await client.query('ROLLBACK').catch(() => undefined)
    await client.end()
  }
}

/** Writes down what a probe found, to be shown in the report. */
export async function recordProbe(setupUrl: string, { attempts, tables, leaks, changes, milliseconds, findings }: ProbeFigures): Promise<void> {
  const client = new pg.Client({ connectionString: setupUrl })
  await client.connect()
  try {
    await client.query('BEGIN; SET LOCAL ROLE app_owner')
    await client.query('SELECT kernel.record_probe($1, $2, $3, $4, $5, $6)', [attempts, tables, leaks, changes, milliseconds, JSON.stringify(findings)])
    await client.query(`SELECT kernel.close_probe_request(now() - $1 * interval '1 millisecond')`, [milliseconds])
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

/** Whether somebody has asked for a probe that no process has taken; from now on this one has. */
export async function takeProbeRequest(setupUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: setupUrl })
  await client.connect()
  try {
    await client.query('BEGIN; SET LOCAL ROLE app_owner')
    const { rows } = await client.query<{ taken: boolean }>('SELECT kernel.take_probe_request(now()) AS taken')
    await client.query('COMMIT')
    return rows[0]!.taken
  } finally {
    await client.end()
  }
}

/** The same inside a transaction that the caller has opened and will roll back; every attempt, or those on some tables alone. */
export async function attack(client: pg.Client, isAimedAt: (table: string) => boolean = () => true): Promise<Omit<ProbeFigures, 'milliseconds'>> {
  const findings: string[] = []
  const [victim, attacker] = [await makeThrowaway(client), await makeThrowaway(client)]
  const tables = await readTargets(client)
  const before = await readRows(client, victim, tables.map(({ table }) => table))
  const own = await readRows(client, attacker, tables.map(({ table }) => table))
  const targets: Target[] = []
  for (const table of tables) {
    const target = { ...table, victims: before.get(table.table) ?? [], owns: own.get(table.table) ?? [] }
    if (target.victims.length && target.owns.length) targets.push(target)
    else findings.push(`${table.table}: its rightful organization sees no row of its own. Either reading is broken or lib/isolation/fixture.ts lacks a row, so nothing is proven here.`)
    for (const keys of untried(target)) findings.push(`${table.table}: no row of lib/isolation/fixture.ts fills ${keys.join()}, so the foreign key is not tried.`)
  }

  let attempts = 0
  let leaks = 0
  for (const caller of CALLERS) {
    await becomeCaller(client, caller, attacker)
    for (const target of targets.filter(({ table }) => isAimedAt(table))) {
      for (const attempt of attemptsOn(target, victim)) {
        attempts++
        const leak = await tryOne(client, caller, attempt)
        if (!leak) continue
        leaks++
        findings.push(`${target.table}: ${attempt.name} by ${caller}: ${leak}`)
      }
    }
    if (caller === 'other organization') {
      for (const { table } of targets) {
        attempts++
        const { rows: [seen] } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM public."${table}" WHERE tenant_id <> $1`, [attacker.tenantId])
        if (seen!.n > 0) leaks += findings.push(`${table}: ${seen!.n} rows of other organizations are visible`) && 1
      }
    }
  }
  const after = await readRows(client, victim, tables.map(({ table }) => table))
  const changed = tables.filter(({ table }) => JSON.stringify(before.get(table)) !== JSON.stringify(after.get(table)))
  for (const { table } of changed) findings.push(`${table}: rows of the other organization are not what they were`)
  const persons = await attackPersons(client, victim, attacker, isAimedAt)
  return { attempts: attempts + persons.attempts, leaks: leaks + persons.leaks, changes: changed.length + persons.changes, tables: tables.length + persons.tables, findings: [...findings, ...persons.findings] }
}

async function becomeCaller(client: pg.Client, caller: Caller, attacker: Person): Promise<void> {
  await client.query(caller === 'platform role' ? 'SET LOCAL ROLE app_platform' : 'SET LOCAL ROLE app_tenant')
  if (caller === 'other organization') await client.query('SELECT kernel.enter($1, $2, $3)', [attacker.tenantId, attacker.userId, attacker.role])
  // What a connection looks like after somebody else's transaction, and what a broken caller might leave.
  // eslint-disable-next-line no-restricted-syntax -- kernel.enter refuses these values, which is why they are set past it
  else await client.query(`SET LOCAL app.tenant_id = '${caller === 'malformed tenant' ? 'not-a-uuid' : ''}'`)
}

async function tryOne(client: pg.Client, caller: Caller, { kind, sql, values, random }: Attempt): Promise<string | null> {
  const answer = await outcome(client, sql, values)
  if (answer.code) {
    const alike = random ? (await outcome(client, sql, random)).code : answer.code
    return alike === answer.code ? null : `fails with ${answer.code}, a random id with ${alike}: it tells them apart`
  }
  if (caller !== 'other organization') return 'answered instead of failing'
  if (kind === 'writes') return answer.touched ? `touched ${answer.touched} rows` : null
  return answer.seen ? 'showed rows' : null
}

/** An organization's rows as its owner sees them: what is aimed at, and the proof afterwards that nothing moved. */
async function readRows(client: pg.Client, person: Person, tables: string[]): Promise<Map<string, Row[]>> {
  await client.query('SET LOCAL ROLE app_tenant')
  await client.query('SELECT kernel.enter($1, $2, $3)', [person.tenantId, person.userId, person.role])
  const rows = new Map<string, Row[]>()
  // Hidden columns are nobody's to read, their own organization's either.
  const { rows: columns } = await client.query<{ table: string; list: string }>(`SELECT d.table_name AS table, string_agg(quote_ident(a.attname), ', ') AS list FROM kernel.tables d JOIN pg_attribute a ON a.attrelid = ('public.' || d.table_name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
    WHERE d.family <> 'global' AND a.attname <> ALL (coalesce(d.hidden_columns, '{}')) GROUP BY 1`)
  const readable = new Map(columns.map(({ table, list }) => [table, list]))
  for (const table of tables) {
    const result = await client.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM (SELECT ${readable.get(table)!} FROM public."${table}") t WHERE tenant_id = $1 ORDER BY id`, [person.tenantId])
    rows.set(table, result.rows.map(({ row }) => row))
  }
  return rows
}
