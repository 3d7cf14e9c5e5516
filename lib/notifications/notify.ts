import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { NotificationKind } from './kinds'

export type Notice = {
  userId: string
  kind: NotificationKind
  title: string
  body?: string
  /** A path below the organization, such as `/projects/winter/tasks/3`. */
  link: string
  entityKind: string
  entityId?: string
  /** Told only while its receiver sees it, now and when they read. */
  containerId?: string
  /** Only to managers and above. */
  minRole?: 'manager'
}

/**
 * Tells members of what happened, in the transaction of what happened. The database leaves out whoever may not know it, wants
 * not to, or did it themselves, and wakes the open pages of the others when it is committed.
 */
export async function notify({ tx }: Scope, notices: Notice[]): Promise<void> {
  if (notices.length === 0) return
  const items = notices.map(({ userId, kind, title, body = '', link, entityKind, entityId, containerId, minRole }) => ({
    id: uuidv7(), user_id: userId, kind, title: title.slice(0, 200), body: body.slice(0, 500), link: link.slice(0, 500), entity_kind: entityKind, entity_id: entityId, container_id: containerId, min_role: minRole,
  }))
  await tx.$queryRaw`SELECT kernel.notify(${JSON.stringify(items)}::jsonb, ${new Date()}) AS told`
}
