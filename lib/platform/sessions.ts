import 'server-only'
import { randomBytes } from 'node:crypto'
import { env } from '@/lib/env'
import { platformClient } from './client'
import { hashToken } from './directory'

/** Where a sign-in came from. */
export type Device = { ip: string | null; userAgent: string | null; requestId?: string }

export async function findUserForSignIn(email: string) {
  return platformClient().user.findUnique({
    where: { emailLc: email.trim().normalize('NFC').toLowerCase() },
    select: { id: true, name: true, email: true, kind: true, status: true, passwordHash: true, passwordAlgorithm: true },
  })
}

/** Opens a session and returns its token, of which only the SHA-256 is stored. The event is written in the same transaction. */
export async function createSession(userId: string, device: Device): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const { SESSION_IDLE_MINUTES, SESSION_DAYS } = env()
  const now = Date.now()
  const client = platformClient()
  await client.$transaction(async (tx) => {
    await tx.session.create({
      data: {
        userId, tokenHash: new Uint8Array(hashToken(token)), ip: device.ip, userAgent: device.userAgent?.slice(0, 400),
        idleExpiresAt: new Date(now + SESSION_IDLE_MINUTES * 60_000), expiresAt: new Date(now + SESSION_DAYS * 86_400_000),
      },
    })
    await tx.user.update({ where: { id: userId }, data: { lastLoginAt: new Date(now) } })
    await tx.platformAuditEvent.create({ data: { userId, action: 'session.created', success: true, ip: device.ip, userAgent: device.userAgent?.slice(0, 400) } })
  })
  return token
}

export async function recordRefusedSignIn(email: string, reason: string, device: Device): Promise<void> {
  await platformClient().platformAuditEvent.create({ data: { action: 'session.refused', subject: email.slice(0, 320), success: false, reason, ip: device.ip, userAgent: device.userAgent?.slice(0, 400) } })
}

/** Ends a session for good. Unknown or ended ones are left as they are. */
export async function revokeSession(token: string, reason: string): Promise<void> {
  const client = platformClient()
  await client.$transaction(async (tx) => {
    const session = await tx.session.findUnique({ where: { tokenHash: new Uint8Array(hashToken(token)) } })
    if (!session || session.revokedAt) return
    await tx.session.update({ where: { id: session.id }, data: { revokedAt: new Date(), revokeReason: reason } })
    await tx.platformAuditEvent.create({ data: { userId: session.userId, action: 'session.ended', success: true, reason } })
  })
}
