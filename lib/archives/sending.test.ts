import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTaskComment } from '@/lib/comments/comments'
import { JobRun } from '@/lib/jobs/job-run'
import { forgetAttempts } from '@/lib/limits/limits'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { openSession } from '@/lib/sessions/sessions'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import { tenantContext } from '@/lib/tenancy/context'
import type { Member } from '@/lib/tenancy/member'
import { v7 as uuidv7 } from '@/lib/uuid'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { jobOf, readExport, restoreAs, runJobsOf, tenantOf } from '@/lib/testing/archives'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { withEnv } from '@/lib/testing/with-env'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { withTurnToSend } from './take-archive'
import { runArchive, startArchive } from './write-archive'

let organization: TestOrganization
beforeAll(async () => void (organization = await makeOrganization()))
afterAll(closeConnections)

describe('while people work', () => {
  /** A run during which somebody writes with every page that is read. */
  class Disturbed extends JobRun {
    disturb = async (): Promise<void> => {}
    override snapshot<T>(work: Parameters<JobRun['snapshot']>[0]): Promise<T> {
      return super.snapshot((scope, further) => work(scope, async (progress) => {
        await further(progress)
        await tenantContext.exit(this.disturb)
      })) as Promise<T>
    }
  }

  test('everything is as it stood at one moment, and is restored so', async () => {
    const place = await makeOrganization({ name: 'Busy' })
    const { id: projectId } = await withTenant(place.owner, (scope) => createProject(scope, createProjectSchema.parse({ name: 'Running' })))
    const add = (by: Member, title: string, more = {}) => withTenant(by, (scope) => createTask(scope, createTaskSchema.parse({ projectId, title, ...more })))
    const first = await add(place.owner, 'Before')
    const jobId = uuidv7()
    await withTenant(place.owner, ({ tx }) => tx.job.createMany({ data: [{ id: jobId, kind: 'archive', requestedBy: place.owner.userId, runAfter: new Date('2126-01-01') }] }))
    await look(`UPDATE jobs SET status = 'running', attempts = 1, locked_until = now() + interval '10 minutes' WHERE id = $1`, [jobId])
    const run = new Disturbed({ member: place.owner, id: jobId, attempt: 1, stop: new AbortController().signal })
    let pages = 0
    run.disturb = async () => {
      const mate = await place.add('member')
      const { id: other } = await withTenant(mate, (scope) => createProject(scope, createProjectSchema.parse({ name: `Made meanwhile ${++pages}` })))
      const { id } = await add(mate, `Meanwhile ${pages}`, { projectId: other, assignees: [mate.userId] })
      await withTenant(mate, (scope) => createTaskComment(scope, { taskId: id, body: 'Just now' }))
      await withTenant(place.owner, (scope) => createTaskComment(scope, { taskId: first.id, body: `On the old one ${pages}` }))
    }
    await run.begin()
    try {
      expect(await runArchive(run)).toMatchObject({ rowCount: expect.any(Number) })
    } finally {
      run.end()
    }
    expect(pages).toBeGreaterThan(10)
    const { slug } = await restoreAs(place.owner, await readExport(place.tenantId))
    const tenantId = await tenantOf(slug)
    await runJobsOf(tenantId)
    expect(await jobOf(tenantId)).toMatchObject({ status: 'succeeded', result: { isEqual: true, differing: [], people: 1 } })
    expect(await look('SELECT title FROM tasks WHERE tenant_id = $1', [tenantId])).toEqual([{ title: 'Before' }])
    expect(await look('SELECT FROM comments WHERE tenant_id = $1', [tenantId])).toEqual([])
  }, 60_000)

  test('one archive at a time, and three a day', async () => {
    const { owner, tenantId } = await makeOrganization()
    const begin = () => withTenant(owner, startArchive)
    await begin()
    await expect(begin()).rejects.toMatchObject({ status: 409 })
    for (let n = 0; n < 2; n++) {
      await look(`UPDATE jobs SET status = 'cancelled', finished_at = now() WHERE tenant_id = $1`, [tenantId])
      await begin()
    }
    await look(`UPDATE jobs SET status = 'cancelled', finished_at = now() WHERE tenant_id = $1`, [tenantId])
    await expect(begin()).rejects.toMatchObject({ status: 429 })
  })
})

describe('withTurnToSend', () => {
  const somebody = async () => {
    const { token } = await withPerson(organization.owner.userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
    await forgetAttempts('restore', organization.owner.userId)
    return (await findPerson(token))!
  }
  const open = <T,>(work: () => Promise<T>) => withEnv({ SIGN_UP: 'open', MAILBOX: '1' }, work)

  test('a second at once waits; the turn is free again after an error', async () => {
    const person = await somebody()
    await open(async () => {
      let end = (): void => {}
      const first = withTurnToSend(person, () => new Promise<string>((resolve) => { end = () => resolve('sent') }))
      await expect(withTurnToSend(person, async () => 'second')).rejects.toMatchObject({ status: 409 })
      while (end.toString() === '() => {}') await new Promise((resolve) => setTimeout(resolve, 5))
      end()
      expect(await first).toBe('sent')
      await expect(withTurnToSend(person, () => Promise.reject(new Error('The line broke.')))).rejects.toThrow('The line broke.')
      expect(await withTurnToSend(person, async () => 'again')).toBe('again')
    })
  })

  test('five a day, and none where nobody founds organizations', async () => {
    const person = await somebody()
    await withEnv({ SIGN_UP: 'closed' }, () => expect(withTurnToSend(person, async () => 'sent')).rejects.toMatchObject({ status: 403, code: 'sign_up_closed' }))
    await open(async () => {
      for (let n = 0; n < 5; n++) await withTurnToSend(person, async () => 'sent')
      await expect(withTurnToSend(person, async () => 'sent')).rejects.toMatchObject({ status: 429 })
    })
  })
})
