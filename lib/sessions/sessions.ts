import 'server-only'
import { env } from '@/lib/env'
import { NotFoundError } from '@/lib/errors'
import { enqueueMail } from '@/lib/mail/outbox'
import { findPerson } from '@/lib/platform/directory'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import { hashToken, newToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Visitor } from '@/lib/visitors/visitor'
import { deviceName } from './device-name'

export type NewSession = { method: string; kind?: 'web' | 'api'; needsFactor: boolean }
export type OpenSession = { id: string; token: string }

/**
 * Opens a session for a person who has just proven who they are and returns its token, of which only the digest is stored.
 * A browser that they have not used before is remembered and, unless it is the first one, told of by mail.
 */
export async function openSession(scope: PersonScope, { method, kind = 'web', needsFactor }: NewSession): Promise<OpenSession> {
  const { tx, userId, visitor } = scope
  const { secret, hash } = newToken()
  const { SESSION_IDLE_MINUTES, SESSION_DAYS } = env()
  const now = Date.now()
  const id = uuidv7()
  const facts = { ip: visitor.ip, userAgent: visitor.userAgent?.slice(0, 400) }
  await tx.session.createMany({
    data: [{
      id, userId, kind, method, needsFactor, tokenHash: hash, ...facts, provenAt: new Date(now),
      idleExpiresAt: new Date(now + (kind === 'api' ? SESSION_DAYS * 86_400_000 : SESSION_IDLE_MINUTES * 60_000)), expiresAt: new Date(now + SESSION_DAYS * 86_400_000),
    }],
  })
  await tx.user.updateMany({ where: { id: userId }, data: { lastLoginAt: new Date(now) } })
  await recordOwnEvent(scope, { action: 'session.created', subject: method })
  // Behind a second factor the browser is not the person's yet: it is remembered when the factor has been given.
  if (kind === 'web' && !needsFactor) await rememberDevice(scope)
  return { id, token: secret }
}

/** Remembers this browser as one of the person's. */
export async function rememberDevice(scope: PersonScope): Promise<void> {
  const { tx, userId, visitor } = scope
  if (!visitor.deviceToken) return
  const known = await tx.device.count({ where: { userId } })
  const [seen] = await tx.$queryRaw<{ inserted: boolean }[]>`
    INSERT INTO devices (id, user_id, token_hash, user_agent) VALUES (${uuidv7()}::uuid, ${userId}::uuid, ${hashToken(visitor.deviceToken)}, ${visitor.userAgent?.slice(0, 400) ?? null})
    ON CONFLICT (user_id, token_hash) DO UPDATE SET last_seen_at = now() RETURNING created_at = last_seen_at AS inserted`
  if (!seen?.inserted || known === 0) return
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } })
  if (user.email) await enqueueMail(tx, 'new_device', user.email, { name: user.name, device: deviceName(visitor.userAgent), address: visitor.ip, at: new Date().toISOString(), timezone: user.timezone })
}

export type SessionLine = { id: string; device: string; ip: string | null; method: string; kind: string; lastSeenAt: Date; createdAt: Date; isCurrent: boolean }

/** Sessions that are open now, the latest first. */
export async function listSessions({ tx, userId }: PersonScope, currentId: string): Promise<SessionLine[]> {
  const now = new Date()
  const rows = await tx.session.findMany({ where: { userId, revokedAt: null, expiresAt: { gt: now }, idleExpiresAt: { gt: now } }, orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }], take: 200 })
  return rows.map(({ id, userAgent, ip, method, kind, lastSeenAt, createdAt }) => ({ id, device: deviceName(userAgent), ip, method, kind, lastSeenAt, createdAt, isCurrent: id === currentId }))
}

/** Ends one of the person's sessions. @throws NotFoundError when it is not one of theirs or has ended */
export async function endSession(scope: PersonScope, id: string, reason = 'ended_by_person'): Promise<void> {
  const { count } = await scope.tx.session.updateMany({ where: { id, userId: scope.userId, revokedAt: null }, data: { revokedAt: new Date(), revokeReason: reason } })
  if (count === 0) throw new NotFoundError()
  await recordOwnEvent(scope, { action: 'session.ended', reason })
}

/** Ends all of the person's sessions but one, on every device, API sessions too. Returns how many there were. */
export async function endOtherSessions(scope: PersonScope, exceptId: string | null, reason: string): Promise<number> {
  const { count } = await scope.tx.session.updateMany({
    where: { userId: scope.userId, revokedAt: null, ...(exceptId && { id: { not: exceptId } }) },
    data: { revokedAt: new Date(), revokeReason: reason },
  })
  if (count > 0) await recordOwnEvent(scope, { action: 'session.others_ended', reason, subject: String(count) })
  return count
}

/** Ends the session of a token, of either kind: signing out, or being replaced by a new sign-in of the same browser. One that has ended stays so. */
export async function endSessionOfToken(token: string, visitor: Visitor, reason: string): Promise<void> {
  const person = (await findPerson(token)) ?? (await findPerson(token, 'api'))
  if (!person) return
  await withPerson(person.userId, visitor, (scope) => endSession(scope, person.sessionId, reason)).catch((error: unknown) => {
    // Two requests of one browser end it at once: the slower one finds it over, which is what it wanted.
    if (!(error instanceof NotFoundError)) throw error
  })
}

/** Replaces a session's token, so that whoever held the old one is out: after a second factor, at a change of rights. */
export async function rotateSession({ tx, userId }: PersonScope, id: string, data: { factorAt?: Date; provenAt?: Date } = {}): Promise<string> {
  const { secret, hash } = newToken()
  await tx.session.updateMany({ where: { id, userId }, data: { tokenHash: hash, ...data } })
  return secret
}
