import { afterAll, describe, expect, test } from 'vitest'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { closeConnections } from '@/lib/testing/connections'
import { asSetup, makePerson } from '@/lib/testing/make-person'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { replacePassword } from './change'

afterAll(closeConnections)

describe('replacePassword', () => {
  const NEXT = 'velvet orchard lantern 44'
  async function makeAtGate(provenAgo: string) {
    const { id } = await makePerson()
    const { token } = await withPerson(id, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
    await asSetup('UPDATE users SET must_change_password = true WHERE id = $1', [id])
    await asSetup('UPDATE sessions SET proven_at = now() - $2::interval WHERE user_id = $1', [id, provenAgo])
    return { id, person: (await findPerson(token))! }
  }

  test('straight after a sign-in it needs no more, and opens the gate', async () => {
    const { person } = await makeAtGate('1 minute')
    expect(person.gate).toBe('new_password')
    expect(await findPerson(await replacePassword(person, NEXT, NO_VISITOR))).toMatchObject({ gate: null })
  })

  test('a session that was open when the change was asked for proves itself first', async () => {
    const { id, person } = await makeAtGate('16 minutes')
    await expect(replacePassword(person, NEXT, NO_VISITOR)).rejects.toMatchObject({ code: 'prove_again' })
    expect(await asSetup('SELECT must_change_password FROM users WHERE id = $1', [id])).toEqual([{ must_change_password: true }])
  })
})
