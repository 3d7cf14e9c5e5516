import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { decideDelegation, delegateContext, listDelegations } from './delegations'
import { writeEntry } from './entries'
import { resolveNotebook } from './resolve'
import { decideSchema, delegateSchema, type Level, writeEntrySchema } from './schema'

let organization: TestOrganization, other: TestOrganization
let manager: Member, keeper: Member, colleague: Member, viewer: Member
let project: { id: string }, stream: { id: string }, task: { id: string }, sibling: { id: string }
beforeAll(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[manager, keeper, colleague, viewer] = [await organization.add('manager'), await organization.add('member'), await organization.add('member'), await organization.add('viewer')]
})
beforeEach(async () => {
  // The keeper owns it; the colleague edits it and does not manage it.
  project = await makeProject(keeper)
  stream = await withTenant(keeper, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Backend' })))
  ;[task, sibling] = [await makeTask(colleague, project.id, { workstreamId: stream.id }), await makeTask(colleague, project.id)]
})
afterAll(closeConnections)

const write = (by: Member, level: Level, placeId: string, data: object, section = 'insights') =>
  withTenant(by, (scope) => writeEntry(scope, writeEntrySchema.parse({ level, placeId, section, data: JSON.stringify(data), inherits: 'true' })))
const wish = (by: Member, entryId: string, toLevel: Level = 'project', names = ['salt']) => withTenant(by, (scope) => delegateContext(scope, delegateSchema.parse({ entryId, toLevel, names, reason: 'Others need it' })))
const decide = (by: Member, id: string, decision: 'approved' | 'rejected', note = '') => withTenant(by, (scope) => decideDelegation(scope, decideSchema.parse({ id, decision, note })))
const seen = async (by: Member, level: Level, placeId = '') => (await withTenant(by, (scope) => resolveNotebook(scope, { level, placeId }))).sections.find(({ section }) => section === 'insights')?.data
const list = (by: Member, projectId: string | null = project.id) => withTenant(by, (scope) => listDelegations(scope, projectId))
const noted = () => write(colleague, 'task', task.id, { salt: 'Never before the frost', other: 1 })

describe('delegateContext', () => {
  test('a colleague passes a piece on, which waits and changes nothing', async () => {
    await wish(colleague, (await noted()).id)
    expect(await list(viewer)).toEqual([expect.objectContaining({ status: 'pending', section: 'insights', data: { salt: 'Never before the frost' }, toLevel: 'project', reason: 'Others need it' })])
    expect(await seen(viewer, 'task', sibling.id)).toBeUndefined()
  })

  test('a viewer may not; nor anybody downwards, beside, to where there is nothing, or what is not there', async () => {
    const { id } = await noted()
    await expect(wish(viewer, id)).rejects.toMatchObject({ status: 403 })
    for (const level of ['task', 'organization'] as const) await expect(wish(colleague, id, level)).rejects.toMatchObject({ status: 422 })
    const lone = await write(colleague, 'task', sibling.id, { salt: 1 })
    await expect(wish(colleague, lone.id, 'workstream')).rejects.toMatchObject({ status: 422 })
    await expect(wish(colleague, id, 'project', ['pepper'])).rejects.toMatchObject({ status: 422 })
    expect(await list(colleague)).toEqual([])
  })

  test('another organization finds neither the section nor the wish', async () => {
    const { id } = await noted()
    await expect(wish(other.owner, id)).rejects.toMatchObject({ status: 404 })
    await wish(colleague, id)
    expect(await list(other.owner)).toEqual([])
  })
})

describe('decideDelegation', () => {
  test('approved by who manages the project, sibling tasks see it; both ends are recorded', async () => {
    await write(keeper, 'project', project.id, { sand: 1 })
    const { id } = await wish(colleague, (await noted()).id)
    for (const person of [colleague, viewer]) await expect(decide(person, id, 'approved')).rejects.toMatchObject({ status: 403 })
    await expect(decide(other.owner, id, 'approved')).rejects.toMatchObject({ status: 404 })
    await decide(keeper, id, 'approved')
    expect(await seen(viewer, 'task', sibling.id)).toEqual({ sand: 1, salt: 'Never before the frost' })
    expect(await withTenant(viewer, ({ tx }) => tx.contextDelegation.findFirstOrThrow({ where: { id } }))).toMatchObject({ status: 'approved', decidedBy: keeper.userId, toVersion: 2, fromTaskId: task.id })
    await expect(decide(keeper, id, 'rejected', 'No')).rejects.toMatchObject({ status: 409, code: 'already_decided' })
  })

  test('rejected, the reason shows and siblings see nothing; without a reason it is no rejection', async () => {
    const { id } = await wish(colleague, (await noted()).id)
    expect(decideSchema.safeParse({ id, decision: 'rejected', note: ' ' }).success).toBe(false)
    await decide(keeper, id, 'rejected', 'It is wrong in spring')
    expect(await list(colleague)).toEqual([expect.objectContaining({ status: 'rejected', decisionNote: 'It is wrong in spring' })])
    expect(await seen(viewer, 'task', sibling.id)).toBeUndefined()
  })

  test('two at once: decided once', async () => {
    const { id } = await wish(colleague, (await noted()).id)
    const results = await Promise.allSettled([decide(keeper, id, 'approved'), decide(manager, id, 'rejected', 'No')])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('two of one section at once: both are joined into it, one version after the other', async () => {
    const { id } = await write(colleague, 'task', task.id, { salt: 1, sand: 2, lime: 3 })
    for (const names of [['salt', 'sand'], ['lime']]) {
      const wishes = await Promise.all(names.map((name) => wish(colleague, id, 'project', [name])))
      await Promise.all(wishes.map((one) => decide(keeper, one.id, 'approved')))
    }
    expect(await seen(viewer, 'project', project.id)).toEqual({ salt: 1, sand: 2, lime: 3 })
    expect(await withTenant(viewer, ({ tx }) => tx.contextEntry.findMany({ where: { level: 'project', containerId: project.id }, select: { version: true } }))).toEqual([{ version: 3 }])
  })

  test('for the organization managers and above decide; before that nobody outside the project reads it', async () => {
    const hidden = await makeProject(colleague, { visibility: 'private' })
    const { id } = await wish(colleague, (await write(colleague, 'project', hidden.id, { salt: 'Secret' })).id, 'organization')
    expect([await list(manager, null), await list(organization.owner, hidden.id)].flat().filter((one) => one.id === id)).toEqual([])
    await expect(decide(organization.owner, id, 'approved')).rejects.toMatchObject({ status: 404 })
    await expect(decide(colleague, id, 'approved')).rejects.toMatchObject({ status: 403 })
    const open = await wish(keeper, (await write(keeper, 'project', project.id, { salt: 'Everywhere' })).id, 'organization')
    await expect(decide(keeper, open.id, 'approved')).rejects.toMatchObject({ status: 403 })
    await decide(manager, open.id, 'approved')
    expect(await seen(viewer, 'organization')).toEqual({ salt: 'Everywhere' })
  })
})

test('what three tasks of a workstream say alike is proposed, once, and not applied', async () => {
  const tasks = [task]
  for (let at = 0; at < 3; at++) tasks.push(await makeTask(colleague, project.id, { workstreamId: stream.id }))
  for (const [at, { id }] of tasks.entries()) {
    await write(colleague, 'task', id, { salt: { kind: 'coarse' }, only: at })
    expect((await list(viewer)).length).toBe(at >= 2 ? 1 : 0)
  }
  const [proposed] = await list(viewer)
  expect(await withTenant(keeper, ({ tx }) => tx.auditEvent.findMany({ where: { entityId: proposed!.id }, select: { action: true, containerId: true } }))).toEqual([{ action: 'notebook.passed_on', containerId: project.id }])
  expect(await list(viewer)).toEqual([expect.objectContaining({ trigger: 'pattern', status: 'pending', toLevel: 'workstream', data: { salt: { kind: 'coarse' } } })])
  expect((await withTenant(viewer, (scope) => resolveNotebook(scope, { level: 'workstream', placeId: stream.id }))).own).toEqual([])
})
