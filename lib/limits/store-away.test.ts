import { afterAll, beforeAll, expect, test } from 'vitest'
import { UnavailableError } from '@/lib/errors'
import { closePlatformClient } from '@/lib/platform/client'
import { signInWithPassword } from '@/lib/sign-in/password-sign-in'
import { withConnection } from '@/lib/testing/connections'
import { asSetup, makePerson, makeVisitor, PASSWORD } from '@/lib/testing/make-person'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { withEnv } from '@/lib/testing/with-env'
import { takeAttempt } from './limits'

let database: Awaited<ReturnType<typeof useOwnDatabase>>
beforeAll(async () => void (database = await useOwnDatabase()))
afterAll(() => database.close())

const sessionsOf = async (id: string) => (await asSetup('SELECT FROM sessions WHERE user_id = $1', [id])).length

test('without the database nobody is let in, and it is said to be a failure of ours', async () => {
  const { id, email } = await makePerson()
  await closePlatformClient()
  await withEnv({ PLATFORM_DATABASE_URL: 'postgresql://app_platform:x@127.0.0.1:1/away' }, async () => {
    await expect(signInWithPassword(email, PASSWORD, makeVisitor())).rejects.toBeInstanceOf(UnavailableError)
    await expect(takeAttempt('account', email, null)).rejects.toBeInstanceOf(UnavailableError)
    await closePlatformClient()
  })
  expect(await sessionsOf(id)).toBe(0)
  await expect(signInWithPassword(email, PASSWORD, makeVisitor())).resolves.toMatchObject({ userId: id })
})

test('while the counters alone cannot be reached nobody is let in, with the right password neither', async () => {
  const { id, email } = await makePerson()
  await withConnection('DATABASE_URL', async (client) => {
    await client.query('BEGIN; LOCK TABLE rate_limits IN ACCESS EXCLUSIVE MODE')
    await expect(signInWithPassword(email, PASSWORD, makeVisitor())).rejects.toBeInstanceOf(UnavailableError)
    await client.query('ROLLBACK')
  })
  expect(await sessionsOf(id)).toBe(0)
})

test('a counter that may not be moved lets nobody in', async () => {
  const { id, email } = await makePerson()
  await asSetup('REVOKE ALL ON rate_limits FROM app_platform')
  await expect(signInWithPassword(email, PASSWORD, makeVisitor())).rejects.toMatchObject({ code: '42501' })
  await asSetup('GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO app_platform')
  expect(await sessionsOf(id)).toBe(0)
  await expect(signInWithPassword(email, PASSWORD, makeVisitor())).resolves.toMatchObject({ userId: id })
})
