import { randomBytes } from 'node:crypto'
import { query } from './database'
import { makePerson } from './make-person'

/** Somebody who runs the installation: signs in by password; the factor they hold was given lately. */
export async function makeSuperAdmin(name: string) {
  const person = await makePerson(name)
  await query('UPDATE users SET is_super_admin = true WHERE id = $1', [person.id])
  return { ...person, /** After signing in: the session counts as proven by a second factor. */ holdFactor: async () => {
    await query('INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING', [person.id, randomBytes(48)])
    await query('UPDATE sessions SET factor_at = now(), proven_at = now() WHERE user_id = $1', [person.id])
  } }
}
