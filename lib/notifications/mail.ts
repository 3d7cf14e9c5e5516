import 'server-only'
import { env } from '@/lib/env'
import { enqueueOrganizationMail, sendsMail } from '@/lib/mail/outbox'
import { ask } from '@/lib/platform/ask'
import { findMembership } from '@/lib/platform/directory'
import { log, problemOf } from '@/lib/telemetry/log'
import { withTenant } from '@/lib/tenancy/with-tenant'

const EVERY_MS = 60_000
const LISTED_MAX = 30

type Due = { tenant_id: string; user_id: string; email: string; unwanted: string[] }

/**
 * Mails what is due to everybody whose time it is (kernel.due_notification_mail): in the name of its reader, so that what they
 * may see no longer is not in it. Returns how many mails were made. Safe beside other instances.
 */
export async function mailDueNotifications(now = new Date()): Promise<number> {
  if (!sendsMail()) return 0
  let made = 0
  for (const due of await ask<Due>('due_notification_mail($1)', [now])) {
    try {
      if (await mailOne(due, now)) made++
    } catch (error) {
      // One person's mail that cannot be made keeps nobody else's waiting.
      log('error', 'notification_mail.failed', { organization: due.tenant_id, user: due.user_id, problem: problemOf(error) })
    }
  }
  return made
}

async function mailOne({ tenant_id: tenantId, user_id: userId, email, unwanted }: Due, now: Date): Promise<boolean> {
  const member = await findMembership(tenantId, userId)
  if (!member) return false
  return withTenant(member, async (scope) => {
    const taken = (await scope.tx.$queryRaw<{ id: string }[]>`SELECT kernel.take_my_notifications(${now}) AS id`).map(({ id }) => id)
    const rows = await scope.tx.notification.findMany({ where: { id: { in: taken }, kind: { notIn: unwanted } }, orderBy: { id: 'desc' }, take: LISTED_MAX })
    if (rows.length === 0) return false
    const home = `${env().NEXTAUTH_URL}/${member.organization.slug}`
    const items = rows.map(({ title, body, link }) => ({ title, body, link: `${home}${link}` }))
    await enqueueOrganizationMail(scope, 'notifications', email, { organization: member.organization.name, items, more: taken.length > rows.length, inbox: `${home}/inbox`, settings: `${env().NEXTAUTH_URL}/account/notifications` })
    return true
  })
}

const shared = globalThis as unknown as { bulkheadNoticeMail?: NodeJS.Timeout }

/** Every minute, in the background of this process. */
export function startNotificationMail(): void {
  shared.bulkheadNoticeMail ??= setInterval(() => {
    // The database is away: a minute later is soon enough.
    mailDueNotifications().catch((error: unknown) => log('error', 'notification_mail.delayed', { problem: problemOf(error) }))
  }, EVERY_MS).unref()
}
