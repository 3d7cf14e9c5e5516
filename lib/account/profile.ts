import 'server-only'
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { InvalidError } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import type { PersonScope } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import type { profileSchema } from './schema'

const AVATAR_MAX_BYTES = 262_144
const SIGNATURES: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  'image/jpeg': (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff,
  'image/webp': (bytes) => bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
}

export async function updateProfile(scope: PersonScope, { name, timezone, locale }: z.infer<typeof profileSchema>): Promise<void> {
  await scope.tx.user.update({ where: { id: scope.userId }, data: { name, timezone: timezone || null, locale } })
  await recordOwnEvent(scope, { action: 'profile.updated' })
}

/** Sets the picture from a data URL; its bytes must be what they are said to be. @throws InvalidError */
export async function setAvatar(scope: PersonScope, image: string): Promise<void> {
  const [, mime = '', data = ''] = /^data:([\w/]+);base64,(.+)$/.exec(image) ?? []
  const bytes = Buffer.from(data, 'base64')
  if (bytes.length > AVATAR_MAX_BYTES) throw new InvalidError('Choose a picture of at most 256 kB.')
  if (!SIGNATURES[mime]?.(bytes)) throw new InvalidError('This is not a PNG, JPEG or WebP picture.')
  const { tx, userId } = scope
  const content = { mime, bytes: new Uint8Array(bytes) }
  await tx.avatar.upsert({ where: { userId }, create: { userId, ...content }, update: content })
  await tx.user.update({ where: { id: userId }, data: { avatarHash: createHash('sha256').update(bytes).digest('base64url').slice(0, 16) } })
}

export async function removeAvatar({ tx, userId }: PersonScope): Promise<void> {
  await tx.avatar.deleteMany({ where: { userId } })
  await tx.user.update({ where: { id: userId }, data: { avatarHash: null } })
}

/** A person's picture for somebody who shares an organization with them, or is them; null for everybody else. */
export async function findAvatar(viewerId: string, userId: string): Promise<{ mime: string; bytes: Buffer } | null> {
  return (await ask<{ mime: string; bytes: Buffer }>('avatar_of($1, $2)', [viewerId, userId]))[0] ?? null
}
