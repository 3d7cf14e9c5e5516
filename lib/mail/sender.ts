import 'server-only'
import nodemailer, { type Transporter } from 'nodemailer'
import { env } from '@/lib/env'
import { answerResetRequest } from '@/lib/passwords/reset'
import { ask } from '@/lib/platform/ask'
import { log, problemOf } from '@/lib/telemetry/log'
import { renderMail, type MailKind } from './templates'

const POLL_MS = 1_000
const LEASE_S = 120
const AT_ONCE = 5
/** Minutes until the next try, after the first failure, the second, … When they are used up, the mail has failed. */
const RETRY_MINUTES = [1, 5, 30, 120, 720]
const CONNECT_MS = 10_000

type QueuedMail = { id: string; kind: MailKind; to_address: string; data: Record<string, unknown>; attempts: number; created_at: Date }
let transport: Transporter | undefined
const smtp = () => (transport ??= nodemailer.createTransport({ url: env().SMTP_URL, pool: true, maxConnections: AT_ONCE, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: 2 * CONNECT_MS } as object))

/** Sends what is due, some at a time, until nothing is left. Returns how many were taken. */
export async function sendDueMail(now = new Date()): Promise<number> {
  let taken = 0
  for (;;) {
    const mails = await ask<QueuedMail>('take_mail($1, $2, $3)', [now, LEASE_S, AT_ONCE])
    await Promise.all(mails.map(send))
    taken += mails.length
    if (mails.length < AT_ONCE) return taken
  }
}

async function send(mail: QueuedMail): Promise<void> {
  try {
    // Looked up now, so that asking costs the same for every address; the answer is a mail of its own.
    if (mail.kind === 'reset_request') await answerResetRequest(mail.to_address)
    if (mail.kind === 'reset_request' || !(await isWanted(mail))) return await finish(mail, 'sent', { keeps: false })
    if (env().MAILBOX === '1') return await finish(mail, 'sent', { keeps: true })
    if (!env().SMTP_URL) return await finish(mail, 'failed', { keeps: false, problem: 'No mail server is set (SMTP_URL).' })
    await smtp().sendMail({
      from: env().MAIL_FROM, to: { name: '', address: mail.to_address }, ...renderMail(mail.kind, mail.data as never, { home: env().NEXTAUTH_URL }),
      ...(mail.kind === 'notifications' && { list: { unsubscribe: { url: String(mail.data.settings), comment: 'Choose what you are written to about' } } }),
      messageId: `<${mail.id}@${new URL(env().NEXTAUTH_URL).hostname}>`,
    })
    await finish(mail, 'sent', { keeps: false })
  } catch (error) {
    const minutes = isFinal(error) ? undefined : RETRY_MINUTES[mail.attempts - 1]
    const problem = (error as Error).message.slice(0, 400)
    await finish(mail, minutes === undefined ? 'failed' : 'queued', { keeps: minutes !== undefined, problem, again: minutes === undefined ? undefined : new Date(Date.now() + minutes * 60_000) })
  }
}

// A server that says 5xx to the address or to the text will say it again. One that says it to us, to our password or our own
// address, is set up wrong: the mail waits until somebody has seen to it.
function isFinal(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: number; command?: string }
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
}

// Only what people can switch off is asked about.
async function isWanted({ kind, to_address: to }: QueuedMail): Promise<boolean> {
  if (kind !== 'new_device' && kind !== 'join_requested') return true
  return (await ask<{ wants_mail: boolean }>('wants_mail($1, $2)', [to.toLowerCase(), kind]))[0]?.wants_mail ?? true
}

async function finish({ id }: QueuedMail, status: string, { keeps, problem, again }: { keeps: boolean; problem?: string; again?: Date }): Promise<void> {
  await ask('finish_mail($1, $2, $3, $4, $5, $6)', [id, status, keeps, problem ?? null, again ?? null, new Date()])
}

const shared = globalThis as unknown as { bulkheadMailSender?: NodeJS.Timeout }

/** Sends in the background of this process, next to any number of other instances. Ends with the process. */
export function startMailSender(): void {
  if (shared.bulkheadMailSender) return
  let busy = false
  shared.bulkheadMailSender = setInterval(() => {
    if (busy) return
    busy = true
    // The database is away: the mail waits for it.
    sendDueMail().catch((error: unknown) => log('error', 'mail.delayed', { problem: problemOf(error) })).finally(() => (busy = false))
  }, POLL_MS)
  shared.bulkheadMailSender.unref()
}

export type MailboxLine = { id: string; kind: MailKind; to: string; status: string; attempts: number; problem: string | null; createdAt: Date; subject: string; text: string }
type MailboxRow = QueuedMail & { status: string; error: string | null }

/** All mail of this installation, the latest first: for an installation on one's own machine only (MAILBOX=1). */
export async function listMailbox(): Promise<MailboxLine[]> {
  if (env().MAILBOX !== '1') return []
  const rows = await ask<MailboxRow>('list_mail($1)', [100])
  return rows.filter(({ data, kind }) => kind !== 'reset_request' && Object.keys(data).length > 0).map(({ id, kind, to_address: to, data, status, attempts, error, created_at: createdAt }) => {
    const { subject, text } = renderMail(kind, data as never, { home: env().NEXTAUTH_URL })
    return { id, kind, to, status, attempts, problem: error, createdAt, subject, text }
  })
}
