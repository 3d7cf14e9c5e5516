import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newFileKey } from '@/lib/files/keys'
import { withSpooled, withTemporary, type Spooled } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import { findMembership } from '@/lib/platform/directory'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { jobOf, readExport, restoreAs, runJobsOf, tenantOf } from '@/lib/testing/archives'
import { checksumsOf } from '@/lib/testing/checksums'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { v7 as uuidv7 } from '@/lib/uuid'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { movedId } from './ids'
import { NOT_ARCHIVED } from './manifest'
import { checkArchive, openArchive } from './read-archive'
import { listArchiveTables, startArchive } from './write-archive'

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

const restore = (bytes: Buffer, owner = twin.owner, change?: (file: Spooled) => Spooled) => restoreAs(owner, bytes, change)

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
    expect(titles).toEqual(['Ask for heaters', 'Ask for prices', 'Check the plows', 'Order salt'])
    const file = await withTenant(member, ({ tx }) => tx.attachment.findFirstOrThrow())
    let content = ''
    for await (const piece of (await fileStore().read(file.storageKey))!) content += String(piece)
    expect(content).toBe('The plan')
    // Nobody came in with it: a member and support stand as former ones. Nothing may be written past the policies any more.
    expect(await look(`SELECT m.status, u.kind FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.tenant_id = $1 AND m.user_id <> $2`, [tenantId, twin.owner.userId])).toEqual([1, 2].map(() => ({ status: 'removed', kind: 'system' })))
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
