// npm run super-admin -- ADDRESS [--remove] [--port N]: makes somebody a super-admin of this installation, or takes it back. The link
// it prints sets their password: there are no default credentials.
import { parseArgs } from 'node:util'
import { normalizeEmail } from '@/lib/access/email'
import { v7 as uuidv7 } from '@/lib/uuid'
import { command } from './command.ts'
import { createResetLink } from './database/reset-link.ts'
import { withServer } from './database/server.ts'
import { setSuperAdmin, setUpTransaction } from './database/super-admin.ts'
import { SettingError, checkSettings, writeMissingSettings } from './settings.ts'

type User = { id: string; kind: string; status: string }
const USAGE = 'Name the e-mail address of a person: npm run super-admin -- ada@example.com'

/**
 * Makes the person if there is none, with no password, and a link that sets one, once, within the hour; links from before
 * are of no use any more. A person who has a password keeps it unless the link is used. @throws SettingError
 */
export async function makeSuperAdmin(setupUrl: string, address: string, baseUrl: string): Promise<{ link: string; isNew: boolean }> {
  const email = requireAddress(address)
  return setUpTransaction(setupUrl, async (as) => {
    const owner = await as('app_owner')
    const known = (await owner.query<User>('SELECT id, kind, status FROM users WHERE email_lc = $1 FOR UPDATE', [email])).rows[0]
    if (known && (known.kind !== 'person' || known.status !== 'active')) throw new SettingError(`${email} is not an active person, so it was left as it is.`)
    const id = known?.id ?? uuidv7()
    if (!known) await owner.query('INSERT INTO users (id, name, email, email_lc) VALUES ($1, $2, $3, $4)', [id, address.trim().split('@')[0], address.trim(), email])
    await setSuperAdmin(owner, id, true)
    const platform = await as('app_platform')
    const link = await createResetLink(platform, id, baseUrl)
    await record(platform, id, 'super_admin.made')
    return { link, isNew: !known }
  })
}

/** Acts on their next request. @throws SettingError when nobody has the address */
export async function removeSuperAdmin(setupUrl: string, address: string): Promise<void> {
  const email = requireAddress(address)
  await setUpTransaction(setupUrl, async (as) => {
    const owner = await as('app_owner')
    const known = (await owner.query<User>('SELECT id FROM users WHERE email_lc = $1 AND is_super_admin FOR UPDATE', [email])).rows[0]
    if (!known) throw new SettingError(`${email} is not a super-admin.`)
    await setSuperAdmin(owner, known.id, false)
    await record(await as('app_platform'), known.id, 'super_admin.removed')
  })
}

const record = (platform: { query: (sql: string, values: unknown[]) => Promise<unknown> }, userId: string, action: string) =>
  platform.query('SELECT kernel.record_event($1, $2, $3, NULL, true, NULL, NULL, NULL, NULL, now())', [uuidv7(), userId, action])

function requireAddress(address: string): string {
  const email = normalizeEmail(address)
  if (!email) throw new SettingError(USAGE)
  return email
}

if (import.meta.main) {
  await command(async () => {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { remove: { type: 'boolean', default: false }, port: { type: 'string', default: process.env.PORT || '3000' } } })
    const address = positionals[0]
    if (!address || positionals.length > 1) throw new SettingError(USAGE)
    writeMissingSettings()
    checkSettings()
    await withServer(async (url) => {
      if (values.remove) {
        await removeSuperAdmin(url, address)
        return console.log(`${address} is a super-admin no more, from the next request on.`)
      }
      const baseUrl = (process.env.NEXTAUTH_URL || `http://localhost:${values.port}`).replace(/\/$/, '')
      const { link, isNew } = await makeSuperAdmin(url, address, baseUrl)
      console.log(`${address} is a super-admin${isNew ? ' and has an account now' : ''}. Whoever opens this link within the hour sets the password; hand it over in person:\n${link}`)
    })
  })
}
