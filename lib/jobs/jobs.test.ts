import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { cancelJob, enqueueJob, getJob, listJobs } from './jobs'
import { JOB_KINDS } from './kinds'

let organization: TestOrganization
let other: TestOrganization
beforeAll(async () => {
  // Due in a year: the runners of other tests leave them alone.
  JOB_KINDS.test_wait = () => Promise.resolve(async () => {})
  organization = await makeOrganization()
  other = await makeOrganization()
})
afterAll(closeConnections)

const LATER = new Date(Date.now() + 365 * 86_400_000)
const enqueue = (member: Member) =>
  withTenant(member, async (scope) => {
    const id = await enqueueJob(scope, 'test_wait', { about: 1 })
    await scope.tx.job.updateMany({ where: { id }, data: { runAfter: LATER } })
    return id
  })
const cancel = (member: Member, id: string) => withTenant(member, (scope) => cancelJob(scope, id))

describe('enqueueJob', () => {
  test.each(['owner', 'member', 'field', 'viewer'] as const)('a %s queues work of their own', async (role) => {
    const member = await organization.add(role)
    const id = await enqueue(member)
    expect(await withTenant(member, (scope) => getJob(scope, id))).toMatchObject({ kind: 'test_wait', status: 'queued', done: 0, total: null })
  })

  test('nobody else sees it: not the owner of the organization, not another organization', async () => {
    const id = await enqueue(await organization.add('member'))
    for (const member of [organization.owner, other.owner]) {
      await expect(withTenant(member, (scope) => getJob(scope, id))).rejects.toMatchObject({ status: 404 })
      expect((await withTenant(member, (scope) => listJobs(scope))).map((job) => job.id)).not.toContain(id)
    }
  })

  test('nobody queues work in another’s name', async () => {
    const [one, two] = [await organization.add('member'), organization.owner]
    await expect(withTenant(two, ({ tx }) => tx.job.createMany({ data: [{ kind: 'test_wait', requestedBy: one.userId }] }))).rejects.toThrow(/row-level security/)
  })

  test('a kind that nothing does is a bug, and rolled back with its change', async () => {
    await expect(withTenant(organization.owner, (scope) => enqueueJob(scope, 'no_such_kind', {}))).rejects.toThrow('No handler')
  })
})

describe('cancelJob', () => {
  test('mine ends at once; repeated it is refused; another’s is not there', async () => {
    const member = await organization.add('viewer')
    const id = await enqueue(member)
    await expect(cancel(organization.owner, id)).rejects.toMatchObject({ status: 404 })
    await expect(cancel(other.owner, id)).rejects.toMatchObject({ status: 404 })
    await cancel(member, id)
    expect(await withTenant(member, (scope) => getJob(scope, id))).toMatchObject({ status: 'cancelled' })
    await expect(cancel(member, id)).rejects.toMatchObject({ status: 409 })
  })
})
