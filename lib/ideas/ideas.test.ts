import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { searchRecords } from '@/lib/search/search'
import { closeConnections, failureOf, rolledBack, withConnection } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { convertIdea, ideaOfTask, tasksOfIdea } from './convert'
import { archiveIdea, createIdea, getIdea, listIdeas, updateIdea } from './ideas'
import { listAnswers, openIdea, refineIdea } from './refine'
import { convertSchema, createIdeaSchema, refineSchema } from './schema'

let organization: TestOrganization, other: TestOrganization
let author: Member, colleague: Member, field: Member, viewer: Member
let project: { id: string }
beforeAll(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[author, colleague, field, viewer] = [await organization.add('member'), await organization.add('member'), await organization.add('field'), await organization.add('viewer')]
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const BODY = 'Salt stays dry in a heated lorry '.repeat(6)
const ANSWERS = { answer1: 'The drivers lose an hour each night to clumped salt', answer2: 'Order heaters. Train the drivers. By May 90 percent stays dry.', answer3: '12h', answer4: 'Nothing much' }
let made = 0
const make = (by: Member, input: Record<string, unknown> = {}) => withTenant(by, (scope) => createIdea(scope, createIdeaSchema.parse({ title: `Idea${++made}x of${made}y number${made}z`, body: BODY, ...input })))
const open = (by: Member, id: string, version = 1) => withTenant(by, (scope) => openIdea(scope, { id, version }))
const refine = (by: Member, id: string, version = 2, answers: Record<string, string> = ANSWERS) => withTenant(by, (scope) => refineIdea(scope, refineSchema.parse({ id, version, ...answers })))
const convert = (by: Member, id: string, input: Record<string, unknown> = {}) => withTenant(by, (scope) => convertIdea(scope, convertSchema.parse({
  id, version: 3, projectId: project.id, lines: 'Order heaters\nTrain the drivers\n\nMeasure it\nTell everybody', ...input,
})))
const read = (by: Member, id: string) => withTenant(by, (scope) => getIdea(scope, id))
const validated = async (input: Record<string, unknown> = {}) => {
  const { id } = await make(author, input)
  await open(author, id)
  await refine(author, id)
  return id
}

describe('createIdea', () => {
  test.each(['owner', 'admin', 'manager', 'member', 'field'] as const)('a %s writes a draft, which nobody else sees', async (role) => {
    const by = role === 'owner' ? organization.owner : await organization.add(role)
    const { id } = await make(by)
    expect(await read(by, id)).toMatchObject({ status: 'draft', ownerUserId: by.userId })
    for (const person of [colleague, viewer, other.owner, ...(role === 'owner' ? [] : [organization.owner])]) {
      await expect(read(person, id)).rejects.toMatchObject({ status: 404 })
      expect((await withTenant(person, (scope) => listIdeas(scope))).map((idea) => idea.id)).not.toContain(id)
    }
  })

  test('a viewer may not; nor is there a project that the asker does not see', async () => {
    await expect(make(viewer)).rejects.toMatchObject({ status: 403 })
    const hidden = await makeProject(colleague, { visibility: 'private' })
    await expect(make(author, { projectId: hidden.id })).rejects.toMatchObject({ status: 422 })
    await expect(make(other.owner, { projectId: project.id })).rejects.toMatchObject({ status: 422 })
  })

  test('put away as a draft it stays its author’s alone; and no SQL opens somebody else’s', async () => {
    const { id } = await make(author)
    await withTenant(author, (scope) => archiveIdea(scope, { id, version: 1 }))
    await expect(read(organization.owner, id)).rejects.toMatchObject({ status: 404 })
    await expect(withTenant(author, (scope) => archiveIdea(scope, { id, version: 2 }))).rejects.toMatchObject({ code: 'idea_closed' })
    const count = await withTenant(organization.owner, ({ tx }) => tx.idea.updateMany({ where: { id }, data: { ownerUserId: null } }))
    expect(count).toEqual({ count: 0 })
    expect(await withConnection('TENANT_DATABASE_URL', (client) => rolledBack(client, author, () => failureOf(client, `UPDATE ideas SET owner_user_id = $1 WHERE id = $2`, [colleague.userId, id])))).toMatch(/^(42501|23514)$/)
  })
})

describe('updateIdea', () => {
  test('its author, and once it is open whoever may change its project; once per version', async () => {
    const { id } = await make(author, { projectId: project.id })
    const edit = (by: Member, version: number, title = 'Said in better words') => withTenant(by, (scope) => updateIdea(scope, { id, version, title, body: BODY }))
    await expect(edit(colleague, 1)).rejects.toMatchObject({ status: 404 })
    await edit(author, 1)
    await expect(edit(author, 1)).rejects.toMatchObject({ code: 'changed_elsewhere' })
    await open(author, id, 2)
    await edit(colleague, 3, 'A colleague’s words')
    await expect(edit(viewer, 4)).rejects.toMatchObject({ status: 403 })
    await expect(edit(other.owner, 4)).rejects.toMatchObject({ status: 404 })
    expect(await withTenant(viewer, (scope) => searchRecords(scope, 'colleague words'))).toEqual([expect.objectContaining({ entityKind: 'idea', entityId: id })])
  })
})

describe('refineIdea', () => {
  test('four answers make 1000, each check with its reason, and the conversation is kept', async () => {
    const id = await validated()
    expect(await read(viewer, id)).toMatchObject({ status: 'validated', scorePm: 1000, checks: expect.arrayContaining([{ key: 'effort', passed: true, reason: 'The effort is estimated.' }]) })
    expect((await withTenant(viewer, (scope) => listAnswers(scope, id))).map(({ question, authorUserId }) => [question, authorUserId])).toEqual([1, 2, 3, 4].map((question) => [question, author.userId]))
  })

  test('below 600 it is not yet, with reasons; taken up again, only what is new is kept beside', async () => {
    const { id } = await make(author, { title: 'Short', body: '' })
    await open(author, id)
    expect(await refine(author, id, 2, { answer1: 'All', answer2: 'Better', answer3: 'soon', answer4: 'Rain' })).toEqual({ scorePm: 200, status: 'rejected' })
    expect((await read(viewer, id)).checks.filter(({ passed }) => !passed)).toHaveLength(4)
    await open(author, id, 3)
    expect(await refine(author, id, 4, { answer1: ANSWERS.answer1, answer2: '90 percent', answer3: '', answer4: 'Rain' })).toEqual({ scorePm: 600, status: 'validated' })
    expect(await withTenant(author, (scope) => listAnswers(scope, id))).toHaveLength(6)
  })

  test('an open question is asked again; a viewer, a colleague of no project and others may not; twice is refused', async () => {
    const { id } = await make(author)
    await open(author, id)
    await expect(refine(author, id, 2, { ...ANSWERS, answer3: '' })).rejects.toMatchObject({ status: 422, fields: { answer3: expect.anything() } })
    await expect(refine(viewer, id)).rejects.toMatchObject({ status: 403 })
    await expect(refine(colleague, id)).rejects.toMatchObject({ status: 403 })
    await expect(refine(other.owner, id)).rejects.toMatchObject({ status: 404 })
    await refine(author, id)
    await expect(refine(author, id, 3)).rejects.toMatchObject({ code: 'idea_closed' })
  })

  test('what stands in a private project neither counts nor is named; what everybody sees counts', async () => {
    const hidden = await makeProject(author, { visibility: 'private' })
    await makeTask(author, hidden.id, { title: 'Purple walrus parade' })
    const id = await validated({ title: 'Purple walrus parade' })
    expect(await read(viewer, id)).toMatchObject({ scorePm: 1000 })
    await makeTask(author, project.id, { title: 'Green walrus parade' })
    const again = await validated({ title: 'Green walrus parade' })
    expect(await read(field, again)).toMatchObject({ scorePm: 800, checks: expect.arrayContaining([expect.objectContaining({ key: 'novelty', reason: 'It is much like a task that is here already.' })]) })
  })
})

describe('convertIdea', () => {
  test('four lines become four tasks, linked both ways; twice is refused', async () => {
    const id = await validated()
    await expect(convert(colleague, id)).rejects.toMatchObject({ status: 403 })
    expect(await convert(author, id)).toEqual({ count: 4 })
    const tasks = await withTenant(viewer, (scope) => tasksOfIdea(scope, id))
    expect(tasks.map(({ title }) => title)).toEqual(['Order heaters', 'Train the drivers', 'Measure it', 'Tell everybody'])
    expect(await withTenant(viewer, (scope) => ideaOfTask(scope, { id: tasks[0]!.id, projectId: project.id }))).toMatchObject({ id })
    expect(await read(viewer, id)).toMatchObject({ status: 'converted' })
    await expect(convert(author, id)).rejects.toMatchObject({ status: 409, code: 'idea_converted' })
  })

  test('two at once make the tasks once', async () => {
    const id = await validated()
    const results = await Promise.allSettled([convert(author, id), convert(organization.owner, id)])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await withTenant(viewer, (scope) => tasksOfIdea(scope, id))).toHaveLength(4)
  })

  test('nobody of the field, no viewer, not into a project one only sees or does not see, and then nothing is made', async () => {
    const id = await validated()
    for (const person of [field, viewer]) await expect(convert(person, id)).rejects.toMatchObject({ status: 403 })
    await expect(convert(other.owner, id)).rejects.toMatchObject({ status: 404 })
    const seen = await makeProject(organization.owner, { defaultAccess: 'view' })
    await expect(convert(author, id, { projectId: seen.id })).rejects.toMatchObject({ status: 403 })
    const hidden = await makeProject(author, { visibility: 'private' })
    await expect(convert(organization.owner, id, { projectId: hidden.id })).rejects.toMatchObject({ status: 422 })
    expect(await read(viewer, id)).toMatchObject({ status: 'validated', version: 3 })
    // Into a private project: whoever does not see it sees that the idea was converted, and no task.
    await convert(author, id, { projectId: hidden.id })
    expect(await withTenant(organization.owner, (scope) => tasksOfIdea(scope, id))).toEqual([])
  })

  test.each([['', 'none'], [Array.from({ length: 21 }, (_, at) => `Task ${at}`).join('\n'), '21'], ['a'.repeat(201), 'a long one']])('lines %.10j are refused: %s', (lines) => {
    expect(convertSchema.safeParse({ id: project.id, version: 1, projectId: project.id, lines }).success).toBe(false)
  })
})
