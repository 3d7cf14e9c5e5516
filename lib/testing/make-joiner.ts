import { findMember, type MemberAnswer } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { withConnection } from './connections'

export type Joiner = { userId: string; name: string; email: string; token: string; at(slug: string): Promise<MemberAnswer> }

/** Somebody who is signed in and has this address, confirmed or not. */
export async function makeJoiner(email: string, { isVerified = true, name = 'Nora Vale' } = {}): Promise<Joiner> {
  const userId = uuidv7()
  await withPerson(userId, NO_VISITOR, ({ tx }) => tx.user.create({ data: { id: userId, name, email, emailLc: email.toLowerCase(), emailVerifiedAt: isVerified ? new Date() : null } }))
  const { token } = await withPerson(userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
  return { userId, name, email, token, at: (slug) => findMember(token, slug) }
}

/** What the set-up role sees: past every policy. */
export const look = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> => withConnection('DATABASE_URL', async (client) => (await client.query(sql, values)).rows as Row[])
