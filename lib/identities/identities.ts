import 'server-only'
import { ConflictError, NotFoundError } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { findPerson } from '@/lib/platform/directory'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import { createIdentity, isIdentity, type ProviderFacts } from '@/lib/sign-in/provider-sign-in'
import { consumeOneTimeToken, createOneTimeToken } from '@/lib/tokens/one-time-tokens'
import type { Visitor } from '@/lib/visitors/visitor'

const CONNECT_MINUTES = 10

export type Identity = { id: string; provider: string; email: string | null; lastLoginAt: Date | null; createdAt: Date }

export async function listIdentities({ tx, userId }: PersonScope): Promise<Identity[]> {
  const rows = await tx.userIdentity.findMany({ where: { userId }, orderBy: { id: 'asc' } })
  return rows.map(({ id, provider, emailLc, lastLoginAt, createdAt }) => ({ id, provider, email: emailLc, lastLoginAt, createdAt }))
}

/** Lets the person connect an account at a provider in the next minutes, from this session. They have just proven who they are. */
export async function startConnecting({ userId, sessionId }: { userId: string; sessionId: string }, provider: string): Promise<string> {
  return createOneTimeToken('connect', CONNECT_MINUTES, { userId, payload: { sessionId, provider } })
}

/**
 * Connects the account that a provider has just vouched for to the person who asked for it, if the browser that comes back is
 * still in the session that asked: a token planted in somebody else's browser connects nothing. Returns why not, else null.
 */
export async function connectProvider(token: string, facts: ProviderFacts, visitor: Visitor, sessionToken: string | null): Promise<'expired' | 'taken' | null> {
  const asked = await consumeOneTimeToken('connect', token)
  const person = sessionToken ? await findPerson(sessionToken) : null
  if (!asked?.userId || asked.payload.provider !== facts.provider || !isIdentity(facts)) return 'expired'
  if (person?.userId !== asked.userId || person.sessionId !== asked.payload.sessionId || person.gate) return 'expired'
  const [owner] = await ask<{ user_id: string }>('identity_owner($1, $2)', [facts.issuer, facts.subject])
  if (owner) return owner.user_id === asked.userId ? null : 'taken'
  return withPerson(asked.userId, visitor, async (scope) => {
    await createIdentity(scope, facts)
    await recordOwnEvent(scope, { action: 'identity.connected', subject: facts.provider })
    return null
  })
}

/** @throws ConflictError when it is the only way in */
export async function disconnectIdentity(scope: PersonScope, id: string): Promise<void> {
  const { tx, userId } = scope
  const identity = await tx.userIdentity.findFirst({ where: { id, userId } })
  if (!identity) throw new NotFoundError()
  const [[password], identities, passkeys] = [await tx.$queryRaw<{ password_hash: string | null }[]>`SELECT * FROM kernel.my_password()`, await tx.userIdentity.count({ where: { userId } }), await tx.passkey.count({ where: { userId } })]
  if (!password?.password_hash && identities < 2 && passkeys === 0) throw new ConflictError('This is your only way to sign in. Set a password or add a passkey first.', 'last_way_in')
  await tx.userIdentity.delete({ where: { id } })
  await recordOwnEvent(scope, { action: 'identity.disconnected', subject: identity.provider })
}
