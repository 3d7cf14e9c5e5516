import 'server-only'
import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { InvalidError } from '@/lib/errors'
import { readPicture } from '@/lib/pictures/picture'
import { ask } from '@/lib/platform/ask'
import type { PersonScope } from '@/lib/platform/person'
import { recordOwnEvent } from '@/lib/security-log/security-log'
import type { profileSchema } from './schema'

export async function updateProfile(scope: PersonScope, { name, timezone, locale }: z.infer<typeof profileSchema>): Promise<void> {
  if (timezone) await requireTimezone(scope, timezone)
  await scope.tx.user.update({ where: { id: scope.userId }, data: { name, timezone: timezone || null, locale } })
  await recordOwnEvent(scope, { action: 'profile.updated' })
}

// Browsers know newer zones than this database may, which tells by them when somebody's mail is due.
async function requireTimezone({ tx }: PersonScope, timezone: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ known: boolean }[]>`SELECT EXISTS (SELECT FROM pg_catalog.pg_timezone_names WHERE lower(name) = ${timezone.toLowerCase()}) AS known`
  if (!row?.known) throw new InvalidError('Choose a time zone of the list.', { timezone: ['This time zone is not known here. Choose another one of the list.'] })
}

/** Sets the picture from a data URL; its bytes must be what they are said to be. @throws InvalidError */
export async function setAvatar(scope: PersonScope, image: string): Promise<void> {
  const content = readPicture(image)
  const { tx, userId } = scope
  await tx.avatar.upsert({ where: { userId }, create: { userId, ...content }, update: content })
  await tx.user.update({ where: { id: userId }, data: { avatarHash: createHash('sha256').update(content.bytes).digest('base64url').slice(0, 16) } })
}

export async function removeAvatar({ tx, userId }: PersonScope): Promise<void> {
  await tx.avatar.deleteMany({ where: { userId } })
  await tx.user.update({ where: { id: userId }, data: { avatarHash: null } })
}

/** A person's picture for somebody who shares an organization with them, or is them; null for everybody else. */
export async function findAvatar(viewerId: string, userId: string): Promise<{ mime: string; bytes: Buffer } | null> {
  return (await ask<{ mime: string; bytes: Buffer }>('avatar_of($1, $2)', [viewerId, userId]))[0] ?? null
}
