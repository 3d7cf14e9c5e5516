import pg from 'pg'
import { expect, test } from 'vitest'
import { makeOrganization } from '@/lib/testing/make-organization'
import { closeConnections, failureOf, withConnection } from '@/lib/testing/connections'
import { createLabel } from '@/lib/labels/labels'
import { afterAll, beforeAll } from 'vitest'
import type { Member } from './member'
import { withTenant } from './with-tenant'

let owner: Member
beforeAll(async () => {
  owner = (await makeOrganization()).owner
  // One row, so that the policy is asked: an empty table would answer without reading the context.
  await withTenant(owner, (scope) => createLabel(scope, { name: 'Known', colour: '#2563eb', isPersonal: false }))
})
afterAll(closeConnections)

const OPERATIONS = {
  select: 'SELECT * FROM labels',
  insert: `INSERT INTO labels (id, name, name_lc, colour) VALUES (gen_random_uuid(), 'x', 'x', '#000000')`,
  update: `UPDATE labels SET name = 'x'`,
  delete: 'DELETE FROM labels',
}

async function failures(client: pg.Client): Promise<Record<string, string | null>> {
  const codes: Record<string, string | null> = {}
  for (const [name, sql] of Object.entries(OPERATIONS)) {
    await client.query('BEGIN')
    codes[name] = await failureOf(client, sql)
    await client.query('ROLLBACK')
  }
  return codes
}

test('rule 5: without context, all four operations fail on a fresh connection and on a reused one', async () => {
  await withConnection('TENANT_DATABASE_URL', async (client) => {
    expect(await failures(client)).toEqual({ select: '42704', insert: '42704', update: '42704', delete: '42704' })
    await client.query('BEGIN')
    await client.query('SELECT kernel.enter($1, $2, $3)', [owner.tenantId, owner.userId, owner.role])
    expect((await client.query(OPERATIONS.select)).rowCount).toBe(1)
    await client.query('COMMIT')
    expect(await failures(client)).toEqual({ select: '22P02', insert: '22P02', update: '22P02', delete: '22P02' })
  })
})

test('rule 3, lesson 52: context entered outside of a transaction is gone with the statement', async () => {
  await withConnection('TENANT_DATABASE_URL', async (client) => {
    await client.query('SELECT kernel.enter($1, $2, $3)', [owner.tenantId, owner.userId, owner.role])
    await expect(client.query(OPERATIONS.select)).rejects.toMatchObject({ code: '22P02' })
  })
})

test.each([[null, 'x', 'owner'], ['x', null, 'owner'], ['x', 'x', null], ['x', 'x', 'postgres'], ['x', 'x', 'Owner']])('rule 4: kernel.enter(%s, %s, %s) is refused', async (tenant, person, role) => {
  const id = (value: string | null) => (value ? owner.tenantId : null)
  await withConnection('TENANT_DATABASE_URL', (client) => expect(client.query('SELECT kernel.enter($1, $2, $3)', [id(tenant), id(person), role])).rejects.toMatchObject({ code: '22023' }))
})
