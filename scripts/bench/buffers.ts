import type pg from 'pg'
import type { Member } from '@/lib/tenancy/member'
import { withClient } from '../database/connect.ts'

export type Statement = { text: string; values?: unknown[] }
type Plan = { 'Shared Hit Blocks': number; 'Shared Read Blocks': number }

/** Shared buffers that the statements touch, hit or read, as the tenant role in the member's context. Nothing is kept. */
export async function buffersOf(url: string, member: Member, statements: Statement[]): Promise<number> {
  return withClient(url, async (client) => {
    let sum = 0
    // The second time, when the functions inside the policies have been planned.
    for (let time = 0; time < 2; time++) {
      sum = 0
      await inContext(client, member, async () => {
        for (const { text, values } of statements) {
          const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values)
          const plan = rows[0]!['QUERY PLAN'][0]!.Plan
          sum += plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
        }
      })
    }
    return sum
  })
}

/** The plans in words, to look at. */
export async function plansOf(url: string, member: Member, statements: Statement[]): Promise<string> {
  return withClient(url, async (client) => {
    const parts: string[] = []
    await inContext(client, member, async () => {
      for (const { text, values } of statements) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values)
        parts.push([text, JSON.stringify(values), ...rows.map((row) => row['QUERY PLAN'])].join('\n'))
      }
    })
    return parts.join('\n\n')
  })
}

async function inContext(client: pg.Client, { tenantId, userId, role }: Member, work: () => Promise<void>) {
  await client.query('BEGIN')
  try {
    await client.query('SELECT kernel.enter($1, $2, $3)', [tenantId, userId, role])
    await work()
  } finally {
    await client.query('ROLLBACK')
  }
}
