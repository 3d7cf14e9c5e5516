import { afterAll, beforeAll, expect, test } from 'vitest'
import { runtimeUrls, setupUrl } from '../settings.ts'
import { databaseName, withClient } from './connect.ts'
import { setUpRoles } from './roles.ts'
import { openScratch } from './scratch.ts'

let url: string
let close: () => Promise<void>
beforeAll(async () => ({ url, close } = await openScratch(setupUrl())))
afterAll(() => close())

const query = (sql: string, on = url) => withClient(on, async (client) => (await client.query<Record<string, unknown>>(sql)).rows)

test('no role has an attribute that reaches beyond its rows; only the two logins log in', async () => {
  const rows = await query(
    `SELECT rolname, rolcanlogin, rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication OR rolinherit AS more FROM pg_roles WHERE rolname LIKE 'app\\_%' ORDER BY 1`,
  )
  const names = ['app_directory', 'app_kernel', 'app_owner', 'app_platform', 'app_tenant']
  expect(rows).toEqual(names.map((rolname) => ({ rolname, rolcanlogin: ['app_platform', 'app_tenant'].includes(rolname), more: false })))
})

test('repeating it, also at the same time, changes nothing', async () => {
  const passwords = runtimeUrls(url)
  await Promise.all([1, 2, 3].map(() => setUpRoles(url, passwords)))
})

test('an attribute given by mistake is taken back', async () => {
  await query('ALTER ROLE app_directory CREATEDB INHERIT')
  await setUpRoles(url, runtimeUrls(url))
  expect(await query(`SELECT rolcreatedb OR rolinherit AS more FROM pg_roles WHERE rolname = 'app_directory'`)).toEqual([{ more: false }])
})

test('the runtime logins may connect and use, not create', async () => {
  const { tenant, platform } = runtimeUrls(url)
  for (const login of [tenant, platform]) {
    await expect(query('CREATE TABLE t (id int)', login)).rejects.toThrow('permission denied for schema public')
    await expect(query('CREATE TEMP TABLE t (id int)', login)).rejects.toThrow('permission denied')
    await expect(query('CREATE SCHEMA s', login)).rejects.toThrow('permission denied')
    await expect(query('SET ROLE app_owner', login)).rejects.toThrow('permission denied')
  }
})

test('their timeouts are set in this database', async () => {
  const rows = await query(`SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle`, runtimeUrls(url).tenant)
  expect(rows).toEqual([{ statement: '8s', lock: '1300ms', idle: '10s' }])
})

test('nobody else may connect', async () => {
  expect(await query(`SELECT has_database_privilege('app_kernel', '${databaseName(url)}', 'CONNECT') AS may`)).toEqual([{ may: false }])
})
