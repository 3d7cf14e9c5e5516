import type pg from 'pg'
import { outcome, type Attempt } from './attempts'
import type { Person } from './fixture'
import type { Row } from './insert'
import { attemptsOnClosed, attemptsOnFixed, attemptsOnHidden, attemptsOnPerson, readPersonTables, type PersonTable } from './person-attempts'

export type PersonFigures = { attempts: number; leaks: number; changes: number; tables: number; findings: string[] }

// Whoever is nobody must fail loudly, as without a tenant; the tenant role reaches none of these tables at all, not even a person's own rows.
const CALLERS = ['another person', 'no person', 'malformed person', 'tenant role'] as const
type Caller = (typeof CALLERS)[number]
const DENIED = '42501'
// What the tenant role may read of a global table, by a policy of its own.
const OPEN_TO_TENANTS = ['organizations']

/** Tries everything on what belongs to one person alone, as another; on hidden and fixed columns, as that person; and on closed tables, as anybody. */
export async function attackPersons(client: pg.Client, victim: Person, attacker: Person, isAimedAt: (table: string) => boolean): Promise<PersonFigures> {
  const [all, findings] = [await readPersonTables(client), [] as string[]]
  const tables = all.filter(({ personColumn }) => personColumn !== null)
  const before = await readMatters(client, victim, tables)
  for (const table of tables) {
    if (!victim.matters.has(table.table)) findings.push(`${table.table}: lib/isolation/person-fixture.ts lacks a row, so nothing is proven here.`)
    else if (table.commands.includes('select') && before.get(table.table)?.length === 0) findings.push(`${table.table}: its rightful person sees no row of their own.`)
  }
  let [attempts, leaks] = [0, 0]
  const tryAll = async (table: string, who: string, list: Attempt[], judge: (attempt: Attempt) => Promise<string | null>) => {
    for (const attempt of list) {
      attempts++
      const leak = await judge(attempt)
      if (leak) leaks += findings.push(`${table}: ${attempt.name} by ${who}: ${leak}`) && 1
    }
  }
  const denied = async ({ sql, values }: Attempt) => {
    const { code } = await outcome(client, sql, values)
    return code === DENIED ? null : code ? `fails with ${code}, not for want of the right` : 'answered'
  }
  for (const caller of CALLERS) {
    await becomeCaller(client, caller, attacker)
    for (const table of tables.filter((one) => isAimedAt(one.table))) {
      const [theirs, mine] = [victim.matters.get(table.table), attacker.matters.get(table.table)]
      if (theirs && mine) await tryAll(table.table, caller, attemptsOnPerson(table, theirs, mine), (attempt) => (caller === 'tenant role' ? denied(attempt) : tryOne(client, caller, attempt)))
      if (caller === 'another person') await tryAll(table.table, 'its own person', [...attemptsOnHidden(table), ...attemptsOnFixed(table)], denied)
    }
  }
  for (const table of all.filter((one) => isAimedAt(one.table))) {
    if (!OPEN_TO_TENANTS.includes(table.table)) await tryAll(table.table, 'the tenant role', attemptsOnClosed(table), denied)
    if (table.commands.length > 0) continue
    await becomeCaller(client, 'another person', attacker)
    await tryAll(table.table, 'the platform role', attemptsOnClosed(table), denied)
    await becomeCaller(client, 'tenant role', attacker)
  }
  const after = await readMatters(client, victim, tables)
  const changed = tables.filter(({ table }) => JSON.stringify(before.get(table)) !== JSON.stringify(after.get(table)))
  for (const { table } of changed) findings.push(`${table}: rows of the other person are not what they were`)
  return { attempts, leaks, changes: changed.length, tables: all.length, findings }
}

async function becomeCaller(client: pg.Client, caller: Caller, { tenantId, userId, role }: Person): Promise<void> {
  if (caller === 'tenant role') {
    await client.query('SET LOCAL ROLE app_tenant')
    return void (await client.query('SELECT kernel.enter($1, $2, $3)', [tenantId, userId, role]))
  }
  await client.query('SET LOCAL ROLE app_platform')
  if (caller === 'another person') await client.query('SELECT kernel.enter_person($1)', [userId])
  // eslint-disable-next-line no-restricted-syntax -- kernel.enter_person refuses these values, which is why they are set past it
  else await client.query(`SET LOCAL app.user_id = '${caller === 'malformed person' ? 'not-a-uuid' : ''}'`)
}

async function tryOne(client: pg.Client, caller: Caller, { kind, sql, values, random }: Attempt): Promise<string | null> {
  const { code, touched, seen } = await outcome(client, sql, values)
  if (code) {
    const alike = random ? (await outcome(client, sql, random)).code : code
    return alike === code ? null : `fails with ${code}, a random id with ${alike}: it tells them apart`
  }
  if (caller !== 'another person') return 'answered instead of failing'
  if (kind === 'writes') return touched ? `touched ${touched} rows` : null
  return seen ? 'showed rows' : null
}

async function readMatters(client: pg.Client, { userId }: Person, tables: PersonTable[]): Promise<Map<string, Row[]>> {
  await client.query('SET LOCAL ROLE app_platform')
  await client.query('SELECT kernel.enter_person($1)', [userId])
  const rows = new Map<string, Row[]>()
  for (const { table, columns, commands, personColumn } of tables) {
    if (!commands.includes('select')) continue
    rows.set(table, (await client.query<Row>(`SELECT ${columns.map((column) => `"${column}"`).join()} FROM public."${table}" WHERE "${personColumn}" = $1 ORDER BY 1`, [userId])).rows)
  }
  return rows
}
