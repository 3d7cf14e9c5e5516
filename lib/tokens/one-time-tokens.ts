import 'server-only'
import { ask } from '@/lib/platform/ask'
import type { PersonScope, PlatformTransaction } from '@/lib/platform/person'
import { v7 as uuidv7 } from '@/lib/uuid'
import { hashToken, newToken } from './token'

export type Purpose = 'sign_up' | 'verify_email' | 'reset_password' | 'change_email' | 'connect' | 'passkey_add' | 'passkey_use'
export type TokenFacts = { userId: string | null; email: string | null; payload: Record<string, unknown> }

type Row = { user_id: string | null; email_lc: string | null; payload: Record<string, unknown> }
const SECRET = /^[A-Za-z0-9_-]{43,512}$/

/** Makes a secret that is good once, for one purpose, for `validMinutes`. `secret` given: for a challenge made elsewhere. */
export async function createOneTimeToken(purpose: Purpose, validMinutes: number, facts: { userId?: string; email?: string; payload?: object; secret?: string }, tx?: Pick<PlatformTransaction, '$executeRaw'>): Promise<string> {
  const { secret, hash } = facts.secret ? { secret: facts.secret, hash: hashToken(facts.secret) } : newToken()
  const until = new Date(Date.now() + validMinutes * 60_000)
  const [id, person, address, content] = [uuidv7(), facts.userId ?? null, facts.email ?? null, JSON.stringify(facts.payload ?? {})]
  if (tx) await tx.$executeRaw`SELECT kernel.create_token(${id}::uuid, ${purpose}, ${hash}, ${person}::uuid, ${address}, ${content}::jsonb, ${until})`
  else await ask('create_token($1, $2, $3, $4, $5, $6, $7)', [id, purpose, hash, person, address, content, until])
  return secret
}

/** What a secret stands for, without using it up. Null when it is unknown, used, expired or for another purpose. */
export async function findOneTimeToken(purpose: Purpose, secret: string): Promise<TokenFacts | null> {
  return SECRET.test(secret) ? factsOf(await ask<Row>('find_token($1, $2, $3)', [purpose, hashToken(secret), new Date()])) : null
}

/**
 * Uses a secret up: of any number at once, one gets an answer. With `tx` it is used up if that transaction is committed and
 * only then, so that what fails afterwards costs nobody their link; inside a transaction always give it, since a second
 * connection may not be there to be had.
 */
export async function consumeOneTimeToken(purpose: Purpose, secret: string, tx?: Pick<PlatformTransaction, '$queryRaw'>): Promise<TokenFacts | null> {
  if (!SECRET.test(secret)) return null
  const [hash, at] = [hashToken(secret), new Date()]
  return factsOf(tx ? await tx.$queryRaw<Row[]>`SELECT * FROM kernel.use_token(${purpose}, ${hash}, ${at})` : await ask<Row>('use_token($1, $2, $3)', [purpose, hash, at]))
}

function factsOf([row]: Row[]): TokenFacts | null {
  return row ? { userId: row.user_id, email: row.email_lc, payload: row.payload } : null
}

/** Withdraws links that the person has not used: they lead to what holds no longer. */
export async function withdrawTokens({ tx, userId }: PersonScope, purposes: Purpose[]): Promise<void> {
  await tx.oneTimeToken.deleteMany({ where: { userId, purpose: { in: purposes }, usedAt: null } })
}
