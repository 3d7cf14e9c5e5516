import { afterAll, expect, test, vi } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { createOneTimeToken } from '@/lib/tokens/one-time-tokens'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { confirmSignUp } from './sign-up'

const fault = vi.hoisted(() => ({ isOn: false }))
// The real project, and then what goes wrong after it: the last thing that a founding makes.
vi.mock(import('@/lib/projects/projects'), async (load) => {
  const real = await load()
  return { ...real, createProject: async (...given) => { const project = await real.createProject(...given); if (fault.isOn) throw new Error('stopped'); return project } }
})
afterAll(closeConnections)

test('a founding that fails at its last step leaves no person, no organization, and a link as good as before', async () => {
  const [email, organization] = [`nora.${uuidv7()}@fern.example`, `Fern ${uuidv7()}`]
  const secret = await createOneTimeToken('sign_up', 10, { email, payload: { name: 'Nora Vale', email, passwordHash: 'hash', organization, kind: 'team', timezone: null } })
  const made = () => look('SELECT u.email_lc, o.name FROM users u FULL JOIN organizations o ON false WHERE u.email_lc = $1 OR o.name = $2', [email, organization])
  fault.isOn = true
  await expect(confirmSignUp(secret, NO_VISITOR)).rejects.toThrow('stopped')
  expect(await made()).toEqual([])
  fault.isOn = false
  await confirmSignUp(secret, NO_VISITOR)
  expect(await made()).toHaveLength(2)
})
