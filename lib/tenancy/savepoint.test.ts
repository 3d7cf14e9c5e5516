import { afterAll, beforeAll, expect, test } from 'vitest'
import { ConflictError } from '@/lib/errors'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { savepoint } from './savepoint'
import { withTenant, type Scope } from './with-tenant'

let organization: TestOrganization
beforeAll(async () => void (organization = await makeOrganization()))
afterAll(closeConnections)

const label = ({ tx }: Scope, nameLc: string, colour = '#475569') => tx.label.createMany({ data: [{ name: 'x', nameLc, colour }] })
const stored = () => withTenant(organization.owner, async ({ tx }) => (await tx.label.findMany({ orderBy: { id: 'asc' } })).map(({ nameLc }) => nameLc))

test('what fails inside is undone and answered; what is around it is stored', async () => {
  const outcomes = await withTenant(organization.owner, async (scope) => {
    await label(scope, 'before')
    const outcomes = [
      await savepoint(scope, () => label(scope, 'kept')),
      await savepoint(scope, async () => { await label(scope, 'undone'); throw new ConflictError('No.') }),
      await savepoint(scope, () => label(scope, 'kept')),
      await savepoint(scope, () => label(scope, 'wrong', 'no colour')),
      await savepoint(scope, () => scope.tx.$executeRaw`INSERT INTO labels (id, name, name_lc, colour) VALUES ('018f0000-0000-7000-8000-000000000001', repeat('x', 99), 'long', '#475569')`),
    ]
    await label(scope, 'after')
    return outcomes.map(({ ok }) => ok)
  })
  expect(outcomes).toEqual([true, false, false, false, false])
  expect(await stored()).toEqual(['before', 'kept', 'after'])
})

test('a bug and a refusal by row security are thrown on, and nothing is stored', async () => {
  await expect(withTenant(organization.owner, async (scope) => {
    await label(scope, 'lost')
    await savepoint(scope, () => Promise.reject(new TypeError('a bug')))
  })).rejects.toThrow('a bug')
  const viewer = await organization.add('viewer')
  await expect(withTenant(viewer, (scope) => savepoint(scope, () => label(scope, 'denied')))).rejects.toThrow(/row-level security/)
  expect(await stored()).not.toContain('lost')
})
