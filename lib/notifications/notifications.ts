import 'server-only'
import { NotFoundError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'

const COUNTED_MAX = 100

export type NotificationRow = { id: string; kind: string; title: string; body: string; link: string; entityKind: string; isRead: boolean; createdAt: Date }

/** What I was told, the newest first; of what I may see no longer, nothing. */
export async function listNotifications({ tx }: Scope, { unreadOnly = false, take = 100 } = {}): Promise<NotificationRow[]> {
  const rows = await tx.notification.findMany({ where: { inApp: true, ...(unreadOnly && { readAt: null }) }, orderBy: { id: 'desc' }, take })
  return rows.map(({ id, kind, title, body, link, entityKind, readAt, createdAt }) => ({ id, kind, title, body, link, entityKind, isRead: readAt !== null, createdAt }))
}

/** How many I have not read, up to 100. */
export async function countUnread({ tx, member }: Scope): Promise<number> {
  return (await tx.notification.findMany({ where: { ownerUserId: member.userId, readAt: null, inApp: true }, select: { id: true }, take: COUNTED_MAX })).length
}

/** Read, or unread again. Nobody else's matter, so nothing is written into the history. @throws NotFoundError */
export async function markNotification({ tx }: Scope, { id, isRead }: { id: string; isRead: boolean }): Promise<void> {
  const { count } = await tx.notification.updateMany({ where: { id }, data: { readAt: isRead ? new Date() : null } })
  if (count === 0) throw new NotFoundError()
}

export async function markAllNotifications({ tx }: Scope): Promise<{ count: number }> {
  return tx.notification.updateMany({ where: { readAt: null }, data: { readAt: new Date() } })
}

/** @throws NotFoundError */
export async function deleteNotification({ tx }: Scope, id: string): Promise<void> {
  const { count } = await tx.notification.deleteMany({ where: { id } })
  if (count === 0) throw new NotFoundError()
}
