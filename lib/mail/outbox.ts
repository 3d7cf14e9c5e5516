import 'server-only'
import type { PlatformTransaction } from '@/lib/platform/person'
import type { TenantTransaction } from '@/lib/tenancy/client'
import { env } from '@/lib/env'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { MailData, MailKind } from './templates'

/**
 * Puts a mail into the outbox in the open transaction: neither it nor the change that causes it can exist without the
 * other. The sender (lib/mail/sender) takes it after the commit.
 */
export async function enqueueMail<K extends MailKind>(tx: Pick<PlatformTransaction | TenantTransaction, '$executeRaw'>, kind: K, to: string, data: MailData[K]): Promise<void> {
  await tx.$executeRaw`SELECT kernel.enqueue_mail(${uuidv7()}::uuid, ${kind}, ${to}, ${JSON.stringify(data)}::jsonb)`
}

/** Whether mail leaves this installation at all: by a mail server, or into the mailbox page of one's own machine. */
export function sendsMail(): boolean {
  return env().SMTP_URL !== undefined || env().MAILBOX === '1'
}
