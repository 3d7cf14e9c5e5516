import { randomBytes } from 'node:crypto'
import { findPerson, findSupport, type MemberAnswer, type Person } from '@/lib/platform/directory'
import type { Member } from '@/lib/tenancy/member'
import { makeJoiner } from './make-joiner'
import { asSetup } from './make-person'

export type SuperAdmin = { userId: string; name: string; token: string; person(): Promise<Person>; answer(slug: string, path?: string | null): Promise<MemberAnswer>; /** @throws when no support session lets them in */ at(slug: string, path?: string | null): Promise<Member> }

/** Somebody who runs the installation, signed in and with a second factor unless told otherwise. */
export async function makeSuperAdmin({ name = 'Sam Reyes', hasFactor = true } = {}): Promise<SuperAdmin> {
  const { userId, token } = await makeJoiner(`${randomBytes(6).toString('hex')}@platform.test`, { name })
  await asSetup('UPDATE users SET is_super_admin = true WHERE id = $1', [userId])
  if (hasFactor) await asSetup('INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, $2, now())', [userId, randomBytes(48)])
  const person = async () => (await findPerson(token))!
  const answer = async (slug: string, path: string | null = null) => findSupport(await person(), token, slug, path)
  const at = async (slug: string, path: string | null = null) => {
    const found = await answer(slug, path)
    if (found.state !== 'member') throw new Error(`not let in: ${found.state}`)
    return found.member
  }
  return { userId, name, token, person, answer, at }
}
