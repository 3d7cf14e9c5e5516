import 'server-only'
import { env } from '@/lib/env'
import type { PlatformTransaction } from '@/lib/platform/person'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { MailData, MailKind } from './templates'

/**
 * Puts a mail into the outbox in the open transaction: neither it nor the change that causes it can exist without the
 * other. The sender (lib/mail/sender) takes it after the commit.
 */
export async function enqueueMail<K extends MailKind>(tx: Pick<PlatformTransaction, '$executeRaw'>, kind: K, to: string, data: MailData[K]): Promise<void> {
  await tx.$executeRaw`SELECT kernel.enqueue_mail(${uuidv7()}::uuid, ${kind}, ${to}, ${JSON.stringify(data)}::jsonb)`
}

/**
 * The same for what an organization writes: to those whom it invites, or who are or ask to be its members. The database
 * refuses every other address and kind. Invite, or look the address up, first in the same transaction.
 */
export async function enqueueOrganizationMail<K extends 'invitation' | 'join_requested' | 'join_approved' | 'join_declined' | 'notifications'>({ tx }: Scope, kind: K, to: string, data: MailData[K]): Promise<void> {
  await tx.$executeRaw`SELECT kernel.enqueue_organization_mail(${uuidv7()}::uuid, ${kind}, ${to}, ${JSON.stringify(data)}::jsonb)`
}

/** Whether mail leaves this installation at all: by a mail server, or into the mailbox page of one's own machine. */
export function sendsMail(): boolean {
  return env().SMTP_URL !== undefined || env().MAILBOX === '1'
}
