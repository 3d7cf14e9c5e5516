import 'server-only'
import { env } from '@/lib/env'
import { ConflictError } from '@/lib/errors'
import { fromCursor, pageOf, toCursor } from '@/lib/keyset'
import { sendsMail } from '@/lib/mail/outbox'
import { newToken } from '@/lib/tokens/token'
import { afterOf, askConsole, nameCursor } from './ask-console'
import type { PeopleFilter } from './schema'

const PAGE_SIZE = 50

export type PersonLine = { id: string; name: string; email: string; status: string; isSuperAdmin: boolean; hasSecondFactor: boolean; lastLoginAt: string | null; organizations: number; sort: string }
/** Which factors somebody holds, never what they are. Instants are ISO texts. */
export type PersonFacts = {
  id: string; name: string; email: string; isEmailVerified: boolean; status: string; isSuperAdmin: boolean; isMe: boolean; createdAt: string; lastLoginAt: string | null; hasPassword: boolean; providers: string[]; hasTotp: boolean; passkeys: number; recoveryCodes: number; sessions: number
  organizations: { id: string; name: string; slug: string; role: string; status: string; isLastOwner: boolean }[]
  /** That they become a super-admin: open, and not older than a day. */
  request: { id: string; by: string; isMine: boolean; reason: string; expiresAt: string } | null
}

export async function listPeople(token: string, { after, ...filter }: PeopleFilter): Promise<{ rows: PersonLine[]; next: string | null }> {
  const { rows } = await askConsole<{ rows: PersonLine[] }>(token, 'people', { ...filter, ...afterOf(fromCursor(nameCursor, after)), limit: PAGE_SIZE + 1 })
  return pageOf(rows, PAGE_SIZE, ({ sort, id }) => toCursor(sort, id))
}

export const readPerson = (token: string, id: string) => askConsole<PersonFacts>(token, 'person', { id })

/**
 * Acts on their next request, is mailed to them and stands in their security log. `withdraw`: they are a super-admin no more.
 * @throws ForbiddenError `oneself` · ConflictError `last_owner`, naming the organizations · InvalidError without a reason
 */
export async function changePerson(token: string, input: { id: string; act: 'deactivate' | 'reactivate' | 'reset_factor' | 'sign_out' | 'withdraw'; reason?: string }): Promise<void> {
  await askConsole(token, 'change_person', input)
}

/** To their own address and nowhere else: whoever runs the installation becomes nobody else by it. @throws ConflictError `no_mail` */
export async function sendResetLink(token: string, id: string): Promise<void> {
  if (!sendsMail()) throw new ConflictError('This installation sends no mail. Whoever has its server makes a link with npm run reset-link.', 'no_mail')
  const { secret, hash } = newToken()
  await askConsole(token, 'change_person', { id, act: 'send_link', tokenHash: Buffer.from(hash).toString('hex'), link: `${env().NEXTAUTH_URL}/reset-password/${secret}` })
}

/** Asks that somebody becomes a super-admin. Another one approves within 24 hours, and all are told. @throws ConflictError `asked_already` */
export async function askForSuperAdmin(token: string, { id, reason }: { id: string; reason: string }): Promise<void> {
  await askConsole(token, 'ask_super_admin', { id, reason, link: `${env().NEXTAUTH_URL}/admin/people/${id}` })
}

/** Approved by a second one; declined by anybody, which is also how a request is taken back. @throws ForbiddenError `second_person` · ConflictError `request_over` */
export async function decideSuperAdmin(token: string, input: { request: string; decision: 'approve' | 'decline' }): Promise<void> {
  await askConsole(token, 'decide_super_admin', input)
}
