import { randomBytes, randomInt } from 'node:crypto'
import { hashPassword } from '@/lib/passwords/hash'
import { withPerson } from '@/lib/platform/person'
import { newToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR, type Visitor } from '@/lib/visitors/visitor'
import { withConnection } from './connections'

export const PASSWORD = 'quiet harbour lantern 7'
export type TestPerson = { id: string; name: string; email: string }
type Facts = { password?: string | null; bcrypt?: string; kind?: 'person' | 'service' | 'system'; status?: 'pending_verification' | 'active' | 'suspended' | 'deactivated'; name?: string; isVerified?: boolean }

let usual: Promise<string> | undefined

/** A person of their own with a password (null: none), made as the platform role makes one. */
export async function makePerson({ password = PASSWORD, bcrypt, kind = 'person', status = 'active', name = 'Test Person', isVerified = true }: Facts = {}): Promise<TestPerson> {
  const id = uuidv7()
  const email = `${id}@example.test`
  const passwordHash = bcrypt ?? (password === null ? null : await (password === PASSWORD ? (usual ??= hashPassword(PASSWORD)) : hashPassword(password)))
  const data = { id, kind, status, name, email, emailLc: email, emailVerifiedAt: isVerified ? new Date() : null, passwordHash, passwordAlgorithm: bcrypt ? 'bcrypt' : passwordHash && 'argon2id' }
  await withPerson(id, NO_VISITOR, ({ tx }) => tx.user.createMany({ data: [data] }))
  return { id, name, email }
}

/** A visitor whom no counter has seen yet; `knownBy` gives the browser a mark. */
export function makeVisitor({ withDevice = false } = {}): Visitor {
  return { ip: `2001:${randomBytes(6).toString('hex').match(/.{4}/g)!.join(':')}::1`, userAgent: `Test/${randomInt(1e6)}`, deviceToken: withDevice ? newToken().secret : null }
}

/** One statement as the set-up role, which sees and may change everything: to move times, and to see what was stored. */
export function asSetup<Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return withConnection('DATABASE_URL', async (client) => (await client.query(sql, values)).rows as Row[])
}

/** What a promise is refused with: name, code and everything that a visitor could see. Throws when it is not refused. */
export async function refusalOf(work: Promise<unknown>): Promise<{ name: string; code: string; status: number; message: string; detail: unknown; waitS?: number }> {
  const answer = await work.then(
    () => null,
    (error: Error & { code: string; status: number; detail: unknown; waitS?: number }) => error,
  )
  if (!answer) throw new Error('It was let through.')
  const { name, code, status, message, detail, waitS } = answer
  return { name, code, status, message, detail, waitS }
}
