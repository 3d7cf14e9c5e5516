import 'server-only'
import { ask } from '@/lib/platform/ask'
import { v7 as uuidv7 } from '@/lib/uuid'
import { hashToken, newToken } from './token'

export type Purpose = 'sign_up' | 'verify_email' | 'reset_password' | 'change_email' | 'connect' | 'passkey_add' | 'passkey_use' | 'set_up'
export type TokenFacts = { userId: string | null; email: string | null; payload: Record<string, unknown> }

type Row = { user_id: string | null; email_lc: string | null; payload: Record<string, unknown> }
const SECRET = /^[A-Za-z0-9_-]{43,512}$/

/** Makes a secret that is good once, for one purpose, for `validMinutes`. `secret` given: for a challenge made elsewhere. */
export async function createOneTimeToken(purpose: Purpose, validMinutes: number, facts: { userId?: string; email?: string; payload?: object; secret?: string }): Promise<string> {
  const { secret, hash } = facts.secret ? { secret: facts.secret, hash: hashToken(facts.secret) } : newToken()
  const until = new Date(Date.now() + validMinutes * 60_000)
  await ask('create_token($1, $2, $3, $4, $5, $6, $7)', [uuidv7(), purpose, hash, facts.userId ?? null, facts.email ?? null, JSON.stringify(facts.payload ?? {}), until])
  return secret
}

/** What a secret stands for, without using it up. Null when it is unknown, used, expired or for another purpose. */
export async function findOneTimeToken(purpose: Purpose, secret: string): Promise<TokenFacts | null> {
  return SECRET.test(secret) ? factsOf(await ask<Row>('find_token($1, $2, $3)', [purpose, hashToken(secret), new Date()])) : null
}

/** Uses a secret up: of any number at once, one gets an answer. */
export async function consumeOneTimeToken(purpose: Purpose, secret: string): Promise<TokenFacts | null> {
  return SECRET.test(secret) ? factsOf(await ask<Row>('use_token($1, $2, $3)', [purpose, hashToken(secret), new Date()])) : null
}

function factsOf([row]: Row[]): TokenFacts | null {
  return row ? { userId: row.user_id, email: row.email_lc, payload: row.payload } : null
}
