import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root, setupUrl } from '../settings.ts'
import { withClient } from './connect.ts'
import { migrate } from './migrate.ts'
import { openScratch } from './scratch.ts'

/** What was released before people and sign-in; more releases get more tests, each with the rows of its time. */
const FIRST_RELEASE = ['20261101000000_kernel', '20261101000100_foundation', '20261101000200_protection']

let url: string
let close: () => Promise<void>
beforeAll(async () => ({ url, close } = await openScratch(setupUrl())))
afterAll(() => close())

const id = (kind: number) => `018f0000-${kind}000-7001-8000-000000000001`
const query = (sql: string, values: unknown[] = []) => withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql, values)).rows)

test('people, members and sessions of the first release go on as they were: no set-up again, nobody signed out', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'first-release-'))
  for (const name of FIRST_RELEASE) cpSync(join(root, 'prisma/migrations', name), join(directory, name), { recursive: true })
  await migrate(url, { directory })
  await query(`INSERT INTO users (id, name, email, email_lc, password_hash, password_algorithm) VALUES ($1, 'Ada', 'ada@example.com', 'ada@example.com', 'x', 'argon2id')`, [id(2)])
  await query(`INSERT INTO organizations (id, code, slug, name, kind, status, colour) VALUES ($1, 'ABCD', 'fern', 'Fern', 'team', 'active', '#000000')`, [id(1)])
  await query(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role) VALUES ($1, $2, $3, 'Ada', 'owner')`, [id(1), id(3), id(2)])
  await query(`INSERT INTO sessions (id, user_id, token_hash, idle_expires_at, expires_at) VALUES ($1, $2, decode(repeat('07', 32), 'hex'), now() + interval '1 hour', now() + interval '1 day')`, [id(4), id(2)])

  expect((await migrate(url)).applied.length).toBeGreaterThan(0)
  expect(await query(`SELECT role, gate, organization_gate FROM kernel.find_member(decode(repeat('07', 32), 'hex'), now(), 60, 'fern')`)).toEqual([{ role: 'owner', gate: null, organization_gate: null }])
  expect(await query(`SELECT relforcerowsecurity AS forced FROM pg_class WHERE oid = 'memberships'::regclass`)).toEqual([{ forced: true }])
})
