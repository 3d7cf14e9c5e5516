// npm run reset-link -- ADDRESS [--port N]: a link that sets somebody's password, to hand over in person where no mail is sent.
import { parseArgs } from 'node:util'
import { normalizeEmail } from '@/lib/access/email'
import { v7 as uuidv7 } from '@/lib/uuid'
import { command } from './command.ts'
import { createResetLink } from './database/reset-link.ts'
import { withServer } from './database/server.ts'
import { setUpTransaction } from './database/super-admin.ts'
import { SettingError, checkSettings, writeMissingSettings } from './settings.ts'

const USAGE = 'Name the e-mail address of a person: npm run reset-link -- ada@example.com'

/** The second factor stays: the link gives a password and no more. Their security log says so. @throws SettingError when nobody active has the address */
export async function makeResetLinkFor(setupUrl: string, address: string, baseUrl: string): Promise<string> {
  const email = normalizeEmail(address)
  if (!email) throw new SettingError(USAGE)
  return setUpTransaction(setupUrl, async (as) => {
    const platform = await as('app_platform')
    const found = (await platform.query<{ user_id: string; kind: string; status: string }>('SELECT user_id, kind, status FROM kernel.credentials_of($1, NULL)', [email])).rows[0]
    if (!found || found.kind !== 'person' || found.status !== 'active') throw new SettingError(`${email} is not the address of an active person.`)
    const link = await createResetLink(platform, found.user_id, baseUrl)
    await platform.query('SELECT kernel.record_event($1, $2, $3, NULL, true, NULL, NULL, NULL, NULL, now())', [uuidv7(), found.user_id, 'password.link_made'])
    return link
  })
}

if (import.meta.main) {
  await command(async () => {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { port: { type: 'string', default: process.env.PORT || '3000' } } })
    const address = positionals[0]
    if (!address || positionals.length > 1) throw new SettingError(USAGE)
    writeMissingSettings()
    checkSettings()
    await withServer(async (url) => {
      const baseUrl = (process.env.NEXTAUTH_URL || `http://localhost:${values.port}`).replace(/\/$/, '')
      console.log(`Whoever opens this link within the hour sets the password of ${address}; hand it over in person:\n${await makeResetLinkFor(url, address, baseUrl)}`)
    })
  })
}
