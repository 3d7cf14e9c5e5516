import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ConflictError } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { useOwnDatabase } from '@/lib/testing/own-database'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { JobRun } from './job-run'
import { cancelJob, enqueueJob, getJob } from './jobs'
import { JOB_KINDS, type JobHandler } from './kinds'
import { runDueJob } from './runner'

// A database of its own: a runner takes every job there is.
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization
let member: Member
beforeAll(async () => {
  database = await useOwnDatabase()
  organization = await makeOrganization()
})
beforeEach(async () => {
  await asSetup('DELETE FROM jobs')
  vi.spyOn(console, 'info').mockImplementation(() => {})
  member = await organization.add('member')
})
afterAll(() => database.close())

let handler: JobHandler
JOB_KINDS.test_work = () => Promise.resolve((run) => handler(run))
const enqueue = (by = member) => withTenant(by, (scope) => enqueueJob(scope, 'test_work', { label: 'Chunk' }))
const read = (id: string, by = member) => withTenant(by, (scope) => getJob(scope, id))
const row = async (id: string) => (await asSetup<{ status: string; attempts: number; failures: number; error: string | null; wait: number; locked: boolean }>(`SELECT status, attempts, failures, error, extract(epoch FROM run_after - now())::int AS wait, locked_until IS NOT NULL AS locked FROM jobs WHERE id = $1`, [id]))[0]!
const labels = (by = member) => withTenant(by, ({ tx }) => tx.label.count({ where: { ownerUserId: by.userId } }))
const soon = () => new Date(Date.now() + 3_600_000)

// Writes a label in each of five chunks: how many there are says how often each chunk was committed.
const fiveChunks = (between: (run: JobRun, at: number) => void | Promise<void> = () => {}): JobHandler => async (run) => {
  for (let at = Number(run.state.next ?? 0); at < 5; at++) {
    await run.chunk(async ({ tx, member: { userId } }) => {
      await tx.label.createMany({ data: [{ name: `${at}`, nameLc: uuidv7(), colour: '#475569', ownerUserId: userId }] })
      return { value: null, done: at + 1, total: 5, state: { next: at + 1 } }
    })
    await between(run, at)
  }
  return { chunks: 5 }
}

describe('the runner', () => {
  test('runs a job as its requester, chunk by chunk, and shows how far it is', async () => {
    const seen: unknown[] = []
    handler = fiveChunks(async () => void seen.push((await read(id)).done))
    const id = await enqueue()
    expect(await runDueJob()).toBe(true)
    expect(seen).toEqual([1, 2, 3, 4, 5])
    expect(await read(id)).toMatchObject({ status: 'succeeded', done: 5, total: 5, result: { chunks: 5 }, error: null })
    expect(await labels()).toBe(5)
    expect(await runDueJob()).toBe(false)
  })

  test('after a crash another run goes on from the last chunk, and nothing is doubled', async () => {
    const gone = new Promise<never>(() => {})
    handler = fiveChunks((_, at) => (at === 2 ? gone : undefined))
    const id = await enqueue()
    void runDueJob()
    await vi.waitFor(async () => expect(await labels()).toBe(3))
    // Its lease still holds: nobody else takes it.
    expect(await runDueJob()).toBe(false)
    handler = fiveChunks()
    expect(await runDueJob({ now: soon() })).toBe(true)
    expect(await read(id)).toMatchObject({ status: 'succeeded', done: 5 })
    expect(await labels()).toBe(5)
  })

  test('of two runs at once the one whose lease was taken over writes nothing more', async () => {
    let overtaken: Promise<unknown> = Promise.resolve()
    let isFirst = true
    handler = async (run) => {
      if (!isFirst) return fiveChunks()(run)
      isFirst = false
      overtaken = runDueJob({ now: soon() })
      await overtaken
      return fiveChunks()(run)
    }
    const id = await enqueue()
    await runDueJob()
    expect(await read(id)).toMatchObject({ status: 'succeeded', done: 5 })
    expect(await labels()).toBe(5)
    expect((await row(id)).attempts).toBe(2)
  })

  test('a failure is tried again after a while, then a longer one; then it has failed', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    handler = () => Promise.reject(new Error('a bug with secret detail'))
    const id = await enqueue()
    const waits: number[] = []
    for (let at = 0; at < 4; at++) {
      await runDueJob({ now: soon() })
      const now = await row(id)
      expect(now).toMatchObject({ status: 'queued', locked: false, attempts: at + 1 })
      waits.push(now.wait)
    }
    expect(waits.map((wait) => Math.round(wait / 5) * 5)).toEqual([5, 30, 120, 600])
    await runDueJob({ now: soon() })
    expect(await read(id)).toMatchObject({ status: 'failed', error: expect.not.stringContaining('secret') as string })
    expect(said).toHaveBeenCalledTimes(5)
    said.mockRestore()
  })

  test('a refusal is final and said to the requester; its chunk is undone', async () => {
    handler = (run) =>
      run.chunk(async ({ tx, member: { userId } }) => {
        await tx.label.createMany({ data: [{ name: 'x', nameLc: 'x', colour: '#475569', ownerUserId: userId }] })
        throw new ConflictError('The project is closed.')
      })
    const id = await enqueue()
    await runDueJob()
    expect(await read(id)).toMatchObject({ status: 'failed', error: 'The project is closed.' })
    expect(await labels()).toBe(0)
  })

  test('whoever was demoted works with the role they have now; whoever was removed not at all', async () => {
    const roles: string[] = []
    handler = (run) => void roles.push(run.member.role) as never
    const demoted = await enqueue()
    await asSetup(`UPDATE memberships SET role = 'viewer' WHERE tenant_id = $1 AND user_id = $2`, [member.tenantId, member.userId])
    await runDueJob()
    expect(roles).toEqual(['viewer'])
    expect((await row(demoted)).status).toBe('succeeded')

    const left = await enqueue()
    await asSetup(`UPDATE memberships SET status = 'removed' WHERE tenant_id = $1 AND user_id = $2`, [member.tenantId, member.userId])
    await runDueJob()
    expect(roles).toEqual(['viewer'])
    expect(await row(left)).toMatchObject({ status: 'failed', error: expect.stringContaining('not an active member') as string })
  })

  test('demoted under way: the chunk that is being written is undone, and it goes on with the role they have now', async () => {
    const roles: string[] = []
    handler = async (run) => {
      roles.push(run.member.role)
      if (roles.length > 1) return
      await run.chunk(async ({ tx, member: { userId } }) => {
        await tx.label.createMany({ data: [{ name: 'x', nameLc: 'x', colour: '#475569', ownerUserId: userId }] })
        await asSetup(`UPDATE memberships SET role = 'viewer' WHERE user_id = $1`, [member.userId])
        return { value: null, done: 1 }
      })
    }
    const id = await enqueue()
    await runDueJob()
    expect(await row(id)).toMatchObject({ status: 'queued', failures: 0, locked: false })
    await runDueJob()
    expect([roles, await labels(), (await row(id)).status]).toEqual([['member', 'viewer'], 0, 'succeeded'])
  })

  test.each([['suspended', `UPDATE memberships SET status = 'suspended' WHERE user_id = $1`], ['removed', `UPDATE memberships SET status = 'removed' WHERE user_id = $1`]])('%s under way: nothing more is kept, and the job has failed', async (_, sql) => {
    handler = fiveChunks(async (run, at) => void (at === 1 && (await asSetup(sql, [run.member.userId]))))
    const id = await enqueue()
    while (await runDueJob()) continue
    expect(await row(id)).toMatchObject({ status: 'failed', error: expect.stringContaining('not an active member') as string })
    expect(await labels()).toBe(2)
  })

  test('a run that got further is tried again as after the first failure; one that only begins anew is not', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const failing = (at: number) => fiveChunks((_, now) => { if (now === at) throw new Error('down') })
    const id = await enqueue()
    handler = () => Promise.reject(new Error('down'))
    for (let n = 0; n < 4; n++) await runDueJob({ now: soon() })
    handler = failing(1)
    await runDueJob({ now: soon() })
    expect(await row(id)).toMatchObject({ status: 'queued', failures: 1 })
    // Each begins with a chunk that says nothing new.
    handler = async (run) => {
      await run.chunk(() => Promise.resolve({ value: null, done: 0 }))
      throw new Error('down')
    }
    for (let n = 0; n < 4; n++) await runDueJob({ now: soon() })
    expect(await row(id)).toMatchObject({ status: 'failed', error: expect.not.stringContaining('Nothing half done') as string })
    said.mockRestore()
  })

  test('of many who look at once, one begins a job of the same person: twenty times', async () => {
    for (let round = 0; round < 20; round++) {
      await asSetup('DELETE FROM jobs')
      for (let n = 0; n < 4; n++) await enqueue()
      const taken = await Promise.all(Array.from({ length: 4 }, () => ask('take_jobs($1, $2, $3)', [new Date(Date.now() + 1_000), 30, 1])))
      expect(taken.flat()).toHaveLength(1)
    }
  })

  test('cancelled under way: the chunk that was not finished is undone, the finished ones stay', async () => {
    handler = fiveChunks((_, at) => (at === 1 ? withTenant(member, (scope) => cancelJob(scope, id)) : undefined))
    const id = await enqueue()
    await runDueJob()
    expect(await read(id)).toMatchObject({ status: 'cancelled', done: 2 })
    expect(await labels()).toBe(2)
  })

  test('when the process goes down the job is given back and goes on elsewhere at once', async () => {
    const stop = new AbortController()
    handler = fiveChunks((_, at) => (at === 1 ? stop.abort() : undefined))
    const id = await enqueue()
    await runDueJob({ stop: stop.signal })
    expect(await row(id)).toMatchObject({ status: 'queued', locked: false, failures: 0 })
    handler = fiveChunks()
    await runDueJob()
    expect(await labels()).toBe(5)
  })

  test('one job of a person at a time, and the organization with fewest running goes first', async () => {
    const [colleague, stranger] = [await organization.add('member'), (await makeOrganization()).owner]
    const order: string[] = []
    let release: () => void = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    handler = async (run) => {
      order.push(run.member.userId)
      if (order.length === 1) await held
    }
    for (const by of [member, member, colleague, stranger]) await enqueue(by)
    const first = runDueJob()
    await vi.waitFor(() => expect(order).toHaveLength(1))
    while (await runDueJob()) continue
    expect(order).toEqual([member.userId, stranger.userId, colleague.userId])
    release()
    await first
    while (await runDueJob()) continue
    expect(order).toHaveLength(4)
  })
})
