import { randomBytes } from 'node:crypto'
import { freePort } from '../../scripts/ports.ts'
import { v7 } from '../../lib/uuid'
import { query } from './database'
import { type Account, CLIENT, startIdentityProvider } from './identity-provider'
import { type SecondServer, startSecondServer } from './second-server'

export type ProviderSeat = { server: SecondServer; link(userId: string, subject: string): Promise<unknown>; stop(): Promise<void> }

/** A server of its own beside a certified provider of its own; nobody can sign up by themselves unless the settings say so. */
export async function startProviderSeat(settings: Record<string, string> = {}): Promise<ProviderSeat> {
  const port = await freePort()
  let stopProvider = async () => {}
  const server = await startSecondServer(async (base) => {
    const provider = await startIdentityProvider(port, [base])
    stopProvider = provider.stop
    return { ...CLIENT, OIDC_ISSUER: provider.issuer, SIGN_UP: 'closed', ALLOWED_ADDRESSES: '', ...settings }
  })
  const link = (userId: string, subject: string) => query(`INSERT INTO user_identities (id, user_id, provider, issuer, subject) VALUES ($1, $2, 'oidc', $3, $4)`, [v7(), userId, `http://127.0.0.1:${port}`, subject])
  return { server, link, stop: () => (server.stop(), stopProvider()) }
}

export const someone = (email: string, more: Partial<Account> = {}): Account => ({ sub: randomBytes(9).toString('hex'), email, email_verified: true, name: 'Nora Vale', ...more })

/** Somebody with an account and the password of the cast. */
export async function makePerson(email: string): Promise<string> {
  const id = v7()
  await query(`INSERT INTO users (id, name, email, email_lc, email_verified_at, password_hash, password_algorithm) SELECT $1, 'Nora Vale', $2, $2, now(), password_hash, password_algorithm FROM users WHERE email_lc = 'ada.moss@example.com'`, [id, email])
  return id
}
