import 'server-only'
import { ConflictError, NotFoundError } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import { createIdentity, type ProviderFacts } from '@/lib/sign-in/provider-sign-in'
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
 * Connects the account that a provider has just vouched for to the person who asked for it, if their session is still open.
 * Returns why not, else null.
 */
export async function connectProvider(token: string, facts: ProviderFacts, visitor: Visitor): Promise<'expired' | 'taken' | null> {
  const asked = await consumeOneTimeToken('connect', token)
  if (!asked?.userId || asked.payload.provider !== facts.provider || !facts.subject) return 'expired'
  const [owner] = await ask<{ user_id: string }>('identity_owner($1, $2)', [facts.issuer, facts.subject])
  if (owner) return owner.user_id === asked.userId ? null : 'taken'
  return withPerson(asked.userId, visitor, async (scope) => {
    const open = await scope.tx.session.count({ where: { id: String(asked.payload.sessionId), userId: scope.userId, revokedAt: null, expiresAt: { gt: new Date() } } })
    if (open === 0) return 'expired'
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
