import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { runtimeUrls } from '../settings.ts'
import { withDatabase, withMaintenance } from './connect.ts'
import { setUpRoles } from './roles.ts'

/** Runs work on a database of its own on the same server, with the roles set up in it, and drops it afterwards. */
export async function withScratch<T>(setupUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const { url, close } = await openScratch(setupUrl)
  try {
    return await work(url)
  } finally {
    await close()
  }
}

/** Makes such a database; `close` drops it. The logins keep the passwords of the settings. */
export async function openScratch(setupUrl: string): Promise<{ url: string; close: () => Promise<void> }> {
  const name = `bulkhead_scratch_${randomBytes(6).toString('hex')}`
  const url = withDatabase(setupUrl, name)
  const close = () => withMaintenance(setupUrl, (client) => dropDatabase(client, name))
  try {
    await setUpRoles(url, runtimeUrls(setupUrl))
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Drops a database and whoever is connected to it. */
export async function dropDatabase(client: pg.Client, name: string) {
  await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`)
}
