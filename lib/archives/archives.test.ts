import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newFileKey } from '@/lib/files/keys'
import { withSpooled, withTemporary, type Spooled } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import { createTaskComment } from '@/lib/comments/comments'
import { JobRun } from '@/lib/jobs/job-run'
import { runDueJob } from '@/lib/jobs/runner'
import { forgetAttempts } from '@/lib/limits/limits'
import { findMembership, findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { openSession } from '@/lib/sessions/sessions'
import { checksumsOf } from '@/lib/testing/checksums'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import { tenantContext } from '@/lib/tenancy/context'
import type { Member } from '@/lib/tenancy/member'
import { makeOrganization } from '@/lib/testing/make-organization'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { withEnv } from '@/lib/testing/with-env'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { v7 as uuidv7 } from '@/lib/uuid'
import { movedId } from './ids'
import { NOT_ARCHIVED } from './manifest'
import { checkArchive, openArchive } from './read-archive'
import { takeArchive, withTurnToSend } from './take-archive'
import { listArchiveTables, runArchive, startArchive } from './write-archive'

let twin: Twin, other: Twin
let archive: Buffer
beforeAll(async () => {
  ;[twin, other] = await makeTwins()
  // A file that is there, and a private project of somebody else that is not the owner's to take.
  const key = newFileKey(twin.tenantId)
  await withSpooled(Readable.from([Buffer.from('The plan')]), (file) => fileStore().put(key, file))
  await look(`UPDATE attachments SET storage_key = $2, file_name = 'plan.txt', mime = 'text/plain', size_bytes = 8, sha256 = sha256('The plan') WHERE tenant_id = $1`, [twin.tenantId, key])
  const [{ user_id: mate } = { user_id: '' }] = await look<{ user_id: string }>(`SELECT user_id FROM memberships WHERE tenant_id = $1 AND role = 'member'`, [twin.tenantId])
  await look(`INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id) VALUES ($1, $2, 'project', 'Diary of a colleague', 'private', 'view', $3)`, [twin.tenantId, uuidv7(), mate])
  await withTenant(twin.owner, startArchive)
  await runJobsOf(twin.tenantId)
  archive = await readExport(twin.tenantId)
}, 120_000)
afterAll(closeConnections)

// Other tests run jobs too: until ours is over, whoever does it.
async function runJobsOf(tenantId: string): Promise<void> {
  const waiting = () => look(`SELECT FROM jobs WHERE tenant_id = $1 AND status IN ('queued', 'running') AND run_after < now()`, [tenantId])
  for (let n = 0; (await waiting()).length > 0; n++) {
    if (n > 600) throw new Error('The job does not end.')
    if (!(await runDueJob())) await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function readExport(tenantId: string): Promise<Buffer> {
  const [{ storage_key: key } = { storage_key: '' }] = await look<{ storage_key: string }>(`SELECT storage_key FROM exports WHERE tenant_id = $1 AND list = 'archive' ORDER BY id DESC LIMIT 1`, [tenantId])
  const pieces: Buffer[] = []
  for await (const piece of (await fileStore().read(key))!) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

async function restore(bytes: Buffer, owner = twin.owner, change = (file: Spooled) => file) {
  const { token } = await withPerson(owner.userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
  const person = (await findPerson(token))!
  // This file sends more in a day than anybody may.
  await forgetAttempts('restore', person.userId)
  return withEnv({ SIGN_UP: 'open', MAILBOX: '1' }, () => withSpooled(Readable.from([bytes]), (file) => withTurnToSend(person, () => takeArchive(person, token, change(file)))))
}

const spoiled = (change: (parts: Record<string, Uint8Array>) => void) => {
  const parts = unzipSync(archive)
  change(parts)
  return Buffer.from(zipSync(parts))
}
const rehashed = (path: string, change: (text: string) => string) => spoiled((parts) => {
  const bytes = Buffer.from(change(Buffer.from(parts[path]!).toString()))
  parts[path] = bytes
  const manifest = JSON.parse(Buffer.from(parts['manifest.json']!).toString()) as { tables: Record<string, { path: string; bytes: number; sha256: string }> }
  for (const part of Object.values(manifest.tables)) if (part.path === path) Object.assign(part, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
  parts['manifest.json'] = Buffer.from(JSON.stringify(manifest))
})
const check = (bytes: Buffer) => withTemporary(async (path) => {
  await pipeline(Readable.from([bytes]), createWriteStream(path))
  const opened = await openArchive(path)
  try {
    return await checkArchive(opened)
  } finally {
    opened.close()
  }
})
const jobOf = async (tenantId: string) => (await look<{ status: string; error: string | null; result: Record<string, unknown> }>(`SELECT status, error, result FROM jobs WHERE tenant_id = $1 AND kind = 'archive_restore'`, [tenantId]))[0]!
const tenantOf = async (slug: string) => (await look<{ id: string }>('SELECT id FROM organizations WHERE slug = $1', [slug]))[0]!.id

test('every table of an organization is in the archive, or is said why not', async () => {
  const archived = (await withTenant(twin.owner, listArchiveTables)).map(({ table_name: table }) => table)
  const all = (await look<{ name: string }>(`SELECT table_name AS name FROM kernel.tables WHERE family <> 'global'`)).map(({ name }) => name)
  expect([...archived, ...Object.keys(NOT_ARCHIVED)].sort()).toEqual(all.sort())
})

describe('an archive', () => {
  test('holds what its owner sees, with files and history, and no secret', () => {
    const parts = unzipSync(archive)
    const text = (name: string) => Buffer.from(parts[name]!).toString()
    const manifest = JSON.parse(text('manifest.json')) as { leftOut: unknown; people: { name: string; email: string | null }[]; files: unknown[] }
    expect(manifest.leftOut).toEqual({ privateProjects: 1 })
    expect(manifest.files).toHaveLength(1)
    expect(text('tables/tasks.jsonl')).toContain('Check the plows')
    expect(text('history.jsonl')).toContain('task.created')
    const everything = Object.keys(parts).map(text).join('\n')
    expect(everything).not.toContain('Diary of a colleague')
    expect(everything).not.toContain(other.canary)
    expect(Object.keys(parts).filter((name) => /invitations|api_keys|access_rules|notifications/.test(name))).toEqual([])
  })

  test('is an owner’s to make', async () => {
    for (const role of ['admin', 'manager', 'member', 'field', 'viewer'] as const) await expect(withTenant(await other.add(role), startArchive)).rejects.toMatchObject({ status: 403 })
  })

  test('is whole; a changed byte is found', async () => {
    expect(await check(archive)).toEqual([])
    expect(await check(spoiled((parts) => { parts['tables/tasks.jsonl']![40]! ^= 1 }))).toEqual(['tables/tasks.jsonl'])
    expect(await check(spoiled((parts) => { delete parts['tables/labels.jsonl'] }))).toEqual(['tables/labels.jsonl'])
  })
})

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
    const { slug } = await restore(await readExport(place.tenantId), place.owner)
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
    const { token } = await withPerson(twin.owner.userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
    await forgetAttempts('restore', twin.owner.userId)
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

describe('restored into a new organization', () => {
  test('under another address it is whole: the maker’s private projects are whoever’s restores it', async () => {
    const place = await makeOrganization({ name: 'Mine' })
    await withTenant(place.owner, (scope) => createProject(scope, createProjectSchema.parse({ name: 'Diary', visibility: 'private' })))
    await withTenant(place.owner, startArchive)
    await runJobsOf(place.tenantId)
    const stranger = await makeOrganization()
    const { slug } = await restore(await readExport(place.tenantId), stranger.owner)
    const tenantId = await tenantOf(slug)
    await runJobsOf(tenantId)
    expect(await jobOf(tenantId)).toMatchObject({ status: 'succeeded', result: { isEqual: true } })
    const me = (await findMembership(tenantId, stranger.owner.userId))!
    expect(await withTenant(me, ({ tx }) => tx.container.findMany({ select: { name: true, ownerUserId: true } }))).toEqual([{ name: 'Diary', ownerUserId: stranger.owner.userId }])
  }, 60_000)

  test('more projects than a new organization may have are restored; the next one made there is one too many', async () => {
    const place = await makeOrganization({ name: 'Many' })
    await look(`WITH made AS (INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id) SELECT $1, gen_random_uuid(), 'project', 'Project ' || n, 'organization', 'edit', $2 FROM generate_series(1, 230) n RETURNING tenant_id, id, name)
      INSERT INTO projects (tenant_id, id, slug, key, colour) SELECT tenant_id, id, lower(replace(name, ' ', '-')), 'P' || substr(name, 9), '#1d4ed8' FROM made`, [place.tenantId, place.owner.userId])
    await withTenant(place.owner, startArchive)
    await runJobsOf(place.tenantId)
    const { slug } = await restore(await readExport(place.tenantId), place.owner)
    const tenantId = await tenantOf(slug)
    await runJobsOf(tenantId)
    expect(await jobOf(tenantId)).toMatchObject({ status: 'succeeded', result: { isEqual: true } })
    const me = (await findMembership(tenantId, place.owner.userId))!
    await expect(withTenant(me, (scope) => createProject(scope, createProjectSchema.parse({ name: 'One more' })))).rejects.toMatchObject({ code: 'limit_reached' })
  }, 60_000)

  test('what cannot be restored is refused before anything is made', async () => {
    const count = async () => (await look<{ n: number }>('SELECT count(*)::int AS n FROM memberships WHERE user_id = $1', [twin.owner.userId]))[0]!.n
    const before = await count()
    await expect(restore(spoiled((parts) => { delete parts['tables/labels.jsonl'] }))).rejects.toMatchObject({ status: 422 })
    // Read, and gone when the store comes to take it: what a store that is away comes to.
    let reads = 0
    const lost = (file: Spooled) => Object.defineProperty({ ...file }, 'path', { get: () => (reads++ === 0 ? file.path : '/nowhere') })
    await expect(restore(archive, twin.owner, lost)).rejects.toThrow('ENOENT')
    expect(await count()).toBe(before)
  })

  test('rows that hang on nothing, and rows of files that are none, are said at once', async () => {
    for (const [path, change] of [
      ['tables/comments.jsonl', (text: string) => text.replaceAll(twin.projectId, uuidv7())],
      ['tables/attachments.jsonl', (text: string) => text.replace('plan.txt', 'x'.repeat(400))],
      ['tables/labels.jsonl', (text: string) => text.replace(/"id": ?"[^"]+"/, '"id":"none"')],
    ] as const) {
      const { slug } = await restore(rehashed(path, change))
      const tenantId = await tenantOf(slug)
      await runJobsOf(tenantId)
      expect(await jobOf(tenantId), path).toMatchObject({ status: 'failed', error: expect.stringContaining('This archive is damaged') })
    }
  }, 60_000)

  test('every table is equal, files too, and the other organizations are as they were', async () => {
    const before = [await checksumsOf(twin.tenantId), await checksumsOf(other.tenantId)]
    const { slug } = await restore(archive)
    const tenantId = await tenantOf(slug)
    await runJobsOf(tenantId)
    expect(await jobOf(tenantId)).toMatchObject({ status: 'succeeded', result: { isEqual: true, differing: [], files: 1 } })
    const member = (await findMembership(tenantId, twin.owner.userId))!
    expect(member).toMatchObject({ role: 'owner', organization: { name: 'Twin' } })
    const [task, titles] = await withTenant(member, async ({ tx }) => [await tx.task.findFirst({ where: { title: 'Check the plows' }, include: { assignees: true, comments: true } }), (await tx.task.findMany()).map(({ title }) => title).sort()])
    expect(task).toMatchObject({ id: movedId(tenantId, twin.taskId), assignees: [{ userId: twin.owner.userId }], comments: [{ body: expect.stringContaining('The second plow leaks oil') }] })
    expect(titles).toEqual(['Check the plows', 'Order salt'])
    const file = await withTenant(member, ({ tx }) => tx.attachment.findFirstOrThrow())
    let content = ''
    for await (const piece of (await fileStore().read(file.storageKey))!) content += String(piece)
    expect(content).toBe('The plan')
    // Nobody came in with it, and nothing may be written past the policies any more.
    expect(await look(`SELECT m.status, u.kind FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 AND m.user_id <> $2`, [tenantId, twin.owner.userId])).toEqual([{ status: 'removed', kind: 'system' }])
    await expect(withTenant(member, ({ tx }) => tx.$executeRaw`SELECT kernel.restore_rows('teams', '[]'::jsonb)`)).rejects.toThrow('not being restored')
    await expect(withTenant(member, ({ tx }) => tx.$executeRaw`SELECT kernel.open_restore(now())`)).rejects.toThrow('that is empty')
    expect([await checksumsOf(twin.tenantId), await checksumsOf(other.tenantId)]).toEqual(before)
  }, 60_000)

  test('a damaged one restores nothing and says so', async () => {
    const { slug } = await restore(spoiled((parts) => { parts['tables/comments.jsonl']![10]! ^= 1 }))
    const tenantId = await tenantOf(slug)
    await runJobsOf(tenantId)
    expect(await jobOf(tenantId)).toMatchObject({ status: 'failed', error: expect.stringContaining('damaged, nothing was restored: tables/comments.jsonl') })
    expect(await look('SELECT FROM containers WHERE tenant_id = $1', [tenantId])).toEqual([])
  }, 60_000)

  test('a file that is not the one its row names restores nothing', async () => {
    const { slug } = await restore(rehashed('tables/attachments.jsonl', (text) => text.replace('"size_bytes": 8', '"size_bytes": 1').replace('"size_bytes":8', '"size_bytes":1')))
    const tenantId = await tenantOf(slug)
    await runJobsOf(tenantId)
    expect(await jobOf(tenantId)).toMatchObject({ status: 'failed', error: expect.stringContaining('is not the file that its row names') })
    expect(await look('SELECT FROM containers WHERE tenant_id = $1', [tenantId])).toEqual([])
  }, 60_000)

  test('lines without an end, and rows larger than any, are refused before they are held', async () => {
    for (const text of ['x'.repeat(3_000_000), `{"id": "${'x'.repeat(2_000_000)}"}\n`]) {
      const { slug } = await restore(rehashed('tables/labels.jsonl', () => text))
      const tenantId = await tenantOf(slug)
      await runJobsOf(tenantId)
      expect(await jobOf(tenantId)).toMatchObject({ status: 'failed', error: expect.stringContaining('a row without an end') })
    }
  }, 60_000)

  test.each([['no archive', Buffer.from('PK nothing')], ['an empty archive', Buffer.from(zipSync({ a: new Uint8Array(1) }))], ['one without sense', Buffer.from(zipSync({ 'manifest.json': Buffer.from('{"format": 9}') }))]])('%s is refused at once', async (_, bytes) => {
    await expect(restore(bytes)).rejects.toMatchObject({ status: 422 })
  })

  test('rows that name another organization, or ids of it, land in the new one or nowhere', async () => {
    const team = { id: uuidv7(), tenant_id: other.tenantId, name: 'Forged', name_lc: 'forged', description: '', created_by: null, created_at: new Date(), updated_at: new Date(), version: 1 }
    const forged = rehashed('tables/teams.jsonl', () => `${JSON.stringify(team)}\n`)
    const before = await checksumsOf(other.tenantId)
    const { slug } = await restore(forged)
    const tenantId = await tenantOf(slug)
    await runJobsOf(tenantId)
    expect(await checksumsOf(other.tenantId)).toEqual(before)
    expect(await look(`SELECT tenant_id FROM teams WHERE name = 'Forged' AND tenant_id IN ($1, $2)`, [tenantId, other.tenantId])).toEqual([{ tenant_id: tenantId }])
  }, 60_000)
})

test('nobody who exists comes to stand in an organization that is restored', async () => {
  const { owner, tenantId } = await makeOrganization()
  await withTenant(owner, ({ tx }) => tx.$executeRaw`SELECT kernel.open_restore(now())`)
  const people = JSON.stringify([{ id: other.owner.userId, membership_id: uuidv7(), name: 'Taken', role: 'owner' }])
  await withTenant(owner, ({ tx }) => tx.$executeRaw`SELECT kernel.restore_people(${people}::jsonb, now())`)
  expect(await look('SELECT user_id FROM memberships WHERE tenant_id = $1', [tenantId])).toEqual([{ user_id: owner.userId }])
  const ghost = JSON.stringify([{ id: uuidv7(), membership_id: uuidv7(), name: 'Ghost', role: 'owner' }])
  await withTenant(owner, ({ tx }) => tx.$executeRaw`SELECT kernel.restore_people(${ghost}::jsonb, now())`)
  await expect(withTenant(owner, ({ tx }) => tx.membership.updateMany({ where: { displayName: 'Ghost' }, data: { status: 'active' } }))).rejects.toMatchObject({ code: 'oneself' })
  await expect(withTenant(other.owner, ({ tx }) => tx.$executeRaw`SELECT kernel.close_restore()`)).rejects.toThrow('not being restored')
})

test('no function restores outside of an organization that is being restored', async () => {
  const rows = JSON.stringify([{ id: uuidv7(), name: 'x', name_lc: 'x' }])
  await expect(withTenant(other.owner, ({ tx }) => tx.$executeRaw`SELECT kernel.restore_rows('teams', ${rows}::jsonb)`)).rejects.toThrow('not being restored')
  await expect(withTenant(other.owner, ({ tx }) => tx.$executeRaw`SELECT kernel.restore_people('[]'::jsonb, now())`)).rejects.toThrow('not being restored')
  await withConnection('TENANT_DATABASE_URL', (client) => expect(client.query('INSERT INTO teams (id, name, name_lc) VALUES (gen_random_uuid(), $1, $1)', ['x'])).rejects.toThrow())
})
