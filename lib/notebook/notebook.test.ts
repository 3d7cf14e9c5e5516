import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchRecords } from '@/lib/search/search'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { mergeInto, placeToWrite, listVersions, restoreVersion, setInheritance, writeEntry } from './entries'
import { resolveNotebook } from './resolve'
import { type Level, writeEntrySchema } from './schema'
import { notebookAsJson, notebookAsMarkdown } from './text'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, viewer: Member, field: Member
let project: { id: string }, stream: { id: string }, task: { id: string }, part: { id: string }
beforeAll(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[colleague, viewer, field] = [await organization.add('member'), await organization.add('viewer'), await organization.add('field')]
  project = await makeProject(organization.owner)
  stream = await withTenant(colleague, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Backend' })))
  task = await makeTask(colleague, project.id, { workstreamId: stream.id })
  part = await makeTask(colleague, project.id, { parentId: task.id })
})
afterAll(closeConnections)

const write = (by: Member, level: Level, placeId: string, data: object, { section = 'stack', version = 0, inherits = true } = {}) =>
  withTenant(by, (scope) => writeEntry(scope, writeEntrySchema.parse({ level, placeId, section, data: JSON.stringify(data), inherits: String(inherits), version })))
const read = (by: Member, level: Level, placeId = '') => withTenant(by, (scope) => resolveNotebook(scope, { level, placeId }))
const stack = async (by: Member, level: Level, placeId = '', section = 'stack') => (await read(by, level, placeId)).sections.find((one) => one.section === section)?.data
const secret = async () => {
  const hidden = await makeProject(colleague, { visibility: 'private' })
  return { hidden, entry: await write(colleague, 'project', hidden.id, { password: 'plover' }, { section: 'vault' }) }
}

describe('a task comes after its workstream, project and organization', () => {
  beforeAll(async () => {
    await write(organization.owner, 'organization', '', { db: { host: 'main', port: 1 }, style: 'tidy' })
    await write(colleague, 'project', project.id, { db: { port: 2 } })
    await write(colleague, 'workstream', stream.id, { language: 'SQL', tags: ['a', 'b'] })
    await write(colleague, 'task', task.id, { tags: ['c'] })
    await write(colleague, 'task', part.id, { style: 'quick' })
  })

  test('the inner value wins, and names where it comes from', async () => {
    expect(await stack(viewer, 'task', part.id)).toEqual({ db: { host: 'main', port: 2 }, style: 'quick', language: 'SQL', tags: ['c'] })
    const { sections, places } = await read(viewer, 'task', part.id)
    expect(Object.fromEntries(sections[0]!.values.map(({ path, at }) => [path.join('.'), places[at]!.id]))).toEqual({ 'db.host': organization.tenantId, 'db.port': project.id, style: part.id, language: stream.id, tags: task.id })
    expect(await stack(viewer, 'project', project.id)).toEqual({ db: { host: 'main', port: 2 }, style: 'tidy' })
  })

  test('switched off for the task it drops all above it, for the subtask its parent too', async () => {
    const inherit = (by: Member, taskId: string, inherits: boolean) => withTenant(by, (scope) => setInheritance(scope, { taskId, inherits }))
    await inherit(colleague, task.id, false)
    expect(await stack(viewer, 'task', part.id)).toEqual({ tags: ['c'], style: 'quick' })
    await inherit(colleague, part.id, false)
    expect(await stack(viewer, 'task', part.id)).toEqual({ style: 'quick' })
    await expect(inherit(viewer, part.id, true)).rejects.toMatchObject({ status: 403 })
    await expect(inherit(other.owner, part.id, true)).rejects.toMatchObject({ status: 404 })
    for (const id of [task.id, part.id]) await inherit(colleague, id, true)
    expect(await stack(viewer, 'task', part.id)).toMatchObject({ style: 'quick', language: 'SQL' })
  })

  test('a section alone may take nothing from above', async () => {
    await write(colleague, 'project', project.id, { only: 1 }, { section: 'own' })
    await write(colleague, 'task', task.id, { mine: 2 }, { section: 'own', inherits: false })
    expect(await stack(viewer, 'task', task.id, 'own')).toEqual({ mine: 2 })
  })

  test('to take away, as JSON with its sources and as Markdown in which nothing is markup', async () => {
    await write(colleague, 'task', part.id, { note: '# <b>bold</b>\n[x](y)' }, { section: 'text' })
    const notebook = await read(viewer, 'task', part.id)
    expect(JSON.parse(notebookAsJson(notebook))).toMatchObject({
      level: 'task',
      sections: expect.arrayContaining([expect.objectContaining({ section: 'stack', sources: expect.arrayContaining([{ path: ['language'], level: 'workstream', name: 'Backend' }]) })]),
    })
    expect(notebookAsMarkdown(notebook)).toContain('- **note**: \\# \\<b\\>bold\\</b\\> \\[x\\](y)')
  })
})

describe('writeEntry', () => {
  test.each([['organization', ''], ['project', 'p'], ['workstream', 'w'], ['task', 't']] as const)('at the level %s: a colleague may, a viewer and somebody of the field may not, elsewhere it is unknown', async (level, at) => {
    const placeId = { '': '', p: project.id, w: stream.id, t: task.id }[at]
    await write(colleague, level, placeId, { a: 1 }, { section: 'rights' })
    for (const person of [viewer, field]) await expect(write(person, level, placeId, { a: 2 }, { section: 'no' })).rejects.toMatchObject({ status: 403 })
    if (placeId) await expect(write(other.owner, level, placeId, { a: 3 }, { section: 'no' })).rejects.toMatchObject({ status: 404 })
    expect((await read(other.owner, 'organization')).sections).toEqual([])
    expect((await read(viewer, level, placeId)).own.map(({ section }) => section)).not.toContain('no')
  })

  test('nobody writes where they only look', async () => {
    const seen = await makeProject(organization.owner, { defaultAccess: 'view' })
    await expect(write(colleague, 'project', seen.id, { a: 1 })).rejects.toMatchObject({ status: 403 })
  })

  test('repeated: a new section is refused where there is one, an old version where there is a newer', async () => {
    const { id } = await makeProject(colleague)
    await write(colleague, 'project', id, { a: 1 })
    await expect(write(colleague, 'project', id, { a: 2 })).rejects.toMatchObject({ code: 'section_taken' })
    await write(colleague, 'project', id, { a: 2 }, { version: 1 })
    await expect(write(organization.owner, 'project', id, { a: 3 }, { version: 1 })).rejects.toMatchObject({ code: 'changed_elsewhere', detail: { current: expect.objectContaining({ version: 2 }) } })
    expect(await stack(viewer, 'project', id)).toMatchObject({ a: 2 })
  })

  test('two at once: one is stored, the other is told', async () => {
    const { id } = await makeProject(colleague)
    await write(colleague, 'project', id, { a: 0 })
    const results = await Promise.allSettled([colleague, organization.owner].map((by, at) => write(by, 'project', id, { a: at + 1 }, { version: 1 })))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('mergeInto', () => {
  const add = (by: Member, note: number) => withTenant(by, async (scope) => mergeInto(scope, await placeToWrite(scope, { level: 'task', placeId: task.id }), 'insights', (under) => ({ notes: [...((under.notes ?? []) as number[]), note] }), 'edited'))

  test('several at once, also the first of all, are all there, each a version', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6].map((note) => add(note % 2 ? colleague : organization.owner, note)))
    const [entry] = (await read(viewer, 'task', task.id)).own.filter(({ section }) => section === 'insights')
    expect([entry!.version, [...(entry!.data.notes as number[])].sort()]).toEqual([6, [1, 2, 3, 4, 5, 6]])
  })

  test('beside somebody who begins the section, it is joined or they are told', async () => {
    const { id } = await makeProject(colleague)
    const merged = withTenant(colleague, async (scope) => mergeInto(scope, await placeToWrite(scope, { level: 'project', placeId: id }), 'insights', (under) => ({ ...under, mine: 1 }), 'edited'))
    const [, other] = await Promise.allSettled([merged, write(organization.owner, 'project', id, { theirs: 2 }, { section: 'insights' })])
    await expect(merged).resolves.toBeDefined()
    if (other.status === 'rejected') expect(other.reason).toMatchObject({ code: 'section_taken' })
    expect(await stack(viewer, 'project', id, 'insights')).toMatchObject({ mine: 1 })
  })
})

describe('versions', () => {
  test('are all kept, and an old one is made the newest', async () => {
    const { id } = await makeProject(colleague)
    const entry = await write(colleague, 'project', id, { a: 1 })
    await write(organization.owner, 'project', id, { a: 2 }, { version: 1 })
    const restore = (by: Member, current: number) => withTenant(by, (scope) => restoreVersion(scope, { entryId: entry.id, version: 1, current }))
    await expect(restore(viewer, 2)).rejects.toMatchObject({ status: 403 })
    await expect(restore(other.owner, 2)).rejects.toMatchObject({ status: 404 })
    await restore(colleague, 2)
    await expect(restore(colleague, 2)).rejects.toMatchObject({ code: 'changed_elsewhere' })
    const { versions } = await withTenant(viewer, (scope) => listVersions(scope, entry.id))
    expect(versions.map(({ version, data, origin, authorUserId }) => [version, data, origin, authorUserId])).toEqual([[3, { a: 1 }, 'restored', colleague.userId], [2, { a: 2 }, 'edited', organization.owner.userId], [1, { a: 1 }, 'edited', colleague.userId]])
    await expect(withTenant(other.owner, (scope) => listVersions(scope, entry.id))).rejects.toMatchObject({ status: 404 })
  })
})

describe('what a private project notes', () => {
  test('is nobody else’s: neither page, nor version, nor count, nor search', async () => {
    const { hidden, entry } = await secret()
    for (const person of [organization.owner, viewer, other.owner]) {
      await expect(read(person, 'project', hidden.id)).rejects.toMatchObject({ status: 404 })
      await expect(withTenant(person, (scope) => listVersions(scope, entry.id))).rejects.toMatchObject({ status: 404 })
      expect(await withTenant(person, async ({ tx }) => [await tx.contextEntry.count({ where: { id: entry.id } }), await tx.contextVersion.count({ where: { entryId: entry.id } })])).toEqual([0, 0])
      expect(await withTenant(person, (scope) => searchRecords(scope, 'plover'))).toEqual([])
    }
    expect(await withTenant(colleague, (scope) => searchRecords(scope, 'plover'))).toEqual([expect.objectContaining({ entityKind: 'context', title: 'vault' })])
  })

  test('a key for one project neither reads nor writes what belongs to the organization', async () => {
    const { id } = await makeProject(colleague)
    await write(colleague, 'project', id, { own: 1 }, { section: 'keyed' })
    const key = { prefix: 'bh_AAAAAAAA', id: uuidv7(), scopes: ['contexts:update'], containerId: id }
    const seen = await withTenant(colleague, (scope) => resolveNotebook(scope, { level: 'project', placeId: id }), { key })
    expect(seen.sections.map(({ section }) => section)).toEqual(['keyed'])
    await expect(withTenant(colleague, (scope) => writeEntry(scope, writeEntrySchema.parse({ level: 'organization', section: 'x', data: '{}' })), { key })).rejects.toMatchObject({ status: 403 })
  })
})
