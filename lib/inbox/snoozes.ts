import 'server-only'
import { z } from 'zod'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

const DAY_MS = 86_400_000

export const itemKey = z.string().regex(/^(task|notification|join_request):[0-9a-f-]{36}$/, 'This is nothing of the inbox.')
export const snoozeSchema = z.strictObject({ key: itemKey, days: z.coerce.number().int().min(1).max(90).default(1) })

/** Puts something off for some days. Mine alone, so nothing is written into the history. */
export async function snoozeItem({ tx, member }: Scope, { key, days }: { key: string; days: number }): Promise<void> {
  const until = new Date(Date.now() + days * DAY_MS)
  const { count } = await tx.inboxSnooze.updateMany({ where: { itemKey: key }, data: { until } })
  if (count === 0) await tx.inboxSnooze.createMany({ data: [{ id: uuidv7(), userId: member.userId, itemKey: key, until }], skipDuplicates: true })
}

export async function wakeItem({ tx }: Scope, key: string): Promise<void> {
  await tx.inboxSnooze.deleteMany({ where: { itemKey: key } })
}

/** What sleeps now, with the time it comes back. */
export async function listSnoozed({ tx }: Scope): Promise<Map<string, Date>> {
  const rows = await tx.inboxSnooze.findMany({ where: { until: { gt: new Date() } }, take: 1_000 })
  return new Map(rows.map(({ itemKey: key, until }) => [key, until]))
}
