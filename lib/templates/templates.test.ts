import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { changeProjectStatus } from '@/lib/projects/projects'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { textOf } from './outline'
import { createTemplateSchema, updateTemplateSchema, applyTemplateSchema } from './schema'
import { createTemplate, deleteTemplate, keepAsTemplate, listTemplates, updateTemplate } from './templates'
import { applyTemplate } from './apply'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, field: Member, viewer: Member
let project: { id: string }
beforeAll(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[colleague, field, viewer] = [await organization.add('member'), await organization.add('field'), await organization.add('viewer')]
  project = await makeProject(organization.owner)
})
afterAll(closeConnections)

const FLOW = 'Design !high ~2h\n> Two columns\n- Sketch\n- Review\nBuild (after 1)\nPublish (after 1, 2)'
let made = 0
const make = (by: Member, kind = 'workflow', outline = FLOW, name = `Template ${++made}`) => withTenant(by, (scope) => createTemplate(scope, createTemplateSchema.parse({ kind, name, outline })))
const list = (by: Member) => withTenant(by, (scope) => listTemplates(scope))
const edit = (by: Member, id: string, version: number, name = `Edited ${++made}`, kind = 'workflow') => withTenant(by, (scope) => updateTemplate(scope, updateTemplateSchema.parse({ id, version, kind, name, outline: 'Only this' })))
const apply = (by: Member, id: string, input: Record<string, unknown> = {}) => withTenant(by, (scope) => applyTemplate(scope, applyTemplateSchema.parse({ id, projectId: project.id, ...input })))
const keep = (by: Member, taskId: string, name = `Kept ${++made}`, isShared = true) => withTenant(by, (scope) => keepAsTemplate(scope, { taskId, name, isShared }))
const tasksIn = (by: Member, projectId: string) => withTenant(by, ({ tx }) => tx.task.findMany({ where: { projectId }, orderBy: { number: 'asc' }, include: { parent: true, dependsOn: { include: { dependsOn: true }, orderBy: { id: 'asc' } } } }))

describe('createTemplate', () => {
  test('a member makes one, which everybody here reads', async () => {
    const { id } = await make(colleague)
    for (const person of [viewer, field, organization.owner]) expect((await list(person)).find((one) => one.id === id)).toMatchObject({
      kind: 'workflow', usageCount: 0, content: { tasks: [{ title: 'Design' }, { title: 'Build', after: [0] }, { title: 'Publish', after: [0, 1] }] },
    })
  })

  test.each(['field', 'viewer'] as const)('a %s may not', async (role) => {
    await expect(make(await organization.add(role))).rejects.toMatchObject({ status: 403 })
  })

  test('a name is free once for each kind, in whatever letters', async () => {
    await make(colleague, 'checklist', 'One', 'Release')
    await expect(make(organization.owner, 'checklist', 'Two', ' rELEASE ')).rejects.toMatchObject({ status: 409, code: 'name_taken' })
    await make(organization.owner, 'task', 'Two', 'Release')
  })

  test('another organization reads none and has the name free', async () => {
    const { id, name } = await make(colleague)
    expect((await list(other.owner)).map((one) => one.id)).not.toContain(id)
    await make(other.owner, 'workflow', FLOW, name)
  })

  test('a line that is none is refused at its field', () => expect(createTemplateSchema.safeParse({ kind: 'task', name: 'x', outline: 'One\nTwo' })).toMatchObject({ error: { issues: [{ path: ['outline'] }] } }))
})

describe('updateTemplate, deleteTemplate', () => {
  test('are for those who make them, once per version; used in between, it is not changed', async () => {
    const { id } = await make(colleague)
    await apply(colleague, id)
    await edit(organization.owner, id, 1)
    expect((await list(viewer)).find((one) => one.id === id)).toMatchObject({ version: 2, usageCount: 1, content: { tasks: [{ title: 'Only this' }] } })
    await expect(edit(colleague, id, 1)).rejects.toMatchObject({ code: 'changed_elsewhere' })
    await expect(edit(colleague, id, 2, 'x', 'task')).rejects.toMatchObject({ status: 422 })
    for (const person of [viewer, field]) await expect(edit(person, id, 2)).rejects.toMatchObject({ status: 403 })
    await expect(edit(other.owner, id, 2)).rejects.toMatchObject({ status: 404 })
    const { name } = await make(colleague)
    await expect(edit(colleague, id, 2, name)).rejects.toMatchObject({ code: 'name_taken' })
  })

  test('deleted once; its tasks stay', async () => {
    const { id } = await make(colleague, 'checklist', 'One')
    const { number } = await apply(colleague, id)
    const remove = (by: Member) => withTenant(by, (scope) => deleteTemplate(scope, id))
    await expect(remove(viewer)).rejects.toMatchObject({ status: 403 })
    await expect(remove(other.owner)).rejects.toMatchObject({ status: 404 })
    await remove(organization.owner)
    await expect(remove(organization.owner)).rejects.toMatchObject({ status: 404 })
    expect((await tasksIn(viewer, project.id)).some((task) => task.number === number)).toBe(true)
  })
})

describe('applyTemplate', () => {
  test('a workflow becomes tasks, subtasks and what they wait for; each use is counted and makes its own', async () => {
    const { id } = await make(colleague)
    const here = await makeProject(colleague)
    expect(await apply(colleague, id, { projectId: here.id })).toMatchObject({ count: 5, number: 1 })
    const tasks = await tasksIn(viewer, here.id)
    expect(tasks.map(({ title, parent, dependsOn }) => [title, parent?.title, ...dependsOn.map((one) => one.dependsOn.title)])).toEqual([
      ['Design', undefined], ['Sketch', 'Design'], ['Review', 'Design'], ['Build', undefined, 'Design'], ['Publish', undefined, 'Design', 'Build'],
    ])
    expect(tasks[0]).toMatchObject({ priority: 'high', estimateMinutes: 120, description: 'Two columns' })
    await Promise.all([apply(colleague, id, { projectId: here.id }), apply(organization.owner, id, { projectId: here.id })])
    expect(await tasksIn(viewer, here.id)).toHaveLength(15)
    expect((await list(viewer)).find((one) => one.id === id)).toMatchObject({ usageCount: 3 })
  })

  test('a checklist becomes a task with its name, or subtasks of one', async () => {
    const { id, name } = await make(colleague, 'checklist', 'Lights off\nDoor locked')
    const here = await makeProject(colleague)
    await apply(colleague, id, { projectId: here.id })
    const task = await makeTask(colleague, here.id, { title: 'Close the shop' })
    expect(await apply(colleague, id, { projectId: here.id, taskId: task.id })).toMatchObject({ count: 2 })
    expect((await tasksIn(viewer, here.id)).map(({ title, parent }) => [title, parent?.title])).toEqual([
      [name, undefined], ['Lights off', name], ['Door locked', name], ['Close the shop', undefined], ['Lights off', 'Close the shop'],
      ['Door locked', 'Close the shop'],
    ])
    const flow = await make(colleague)
    await expect(apply(colleague, flow.id, { projectId: here.id, taskId: task.id })).rejects.toMatchObject({ status: 422 })
  })

  test('nobody who makes no tasks, not where one only looks, not in a project or on a task that is hidden, paused or elsewhere; and then nothing is made or counted', async () => {
    const { id } = await make(colleague, 'checklist', 'One')
    for (const person of [field, viewer]) await expect(apply(person, id)).rejects.toMatchObject({ status: 403 })
    const seen = await makeProject(organization.owner, { defaultAccess: 'view' })
    await expect(apply(colleague, id, { projectId: seen.id })).rejects.toMatchObject({ status: 403 })
    const hidden = await makeProject(organization.owner, { visibility: 'private' })
    const secret = await makeTask(organization.owner, hidden.id)
    await expect(apply(colleague, id, { projectId: hidden.id })).rejects.toMatchObject({ status: 422 })
    await expect(apply(colleague, id, { taskId: secret.id })).rejects.toMatchObject({ status: 422 })
    await expect(apply(other.owner, id)).rejects.toMatchObject({ status: 404 })
    await expect(withTenant(other.owner, async (scope) => applyTemplate(scope, applyTemplateSchema.parse({
      id: (await createTemplate(scope, createTemplateSchema.parse({ kind: 'task', name: 'Ours', outline: 'One' }))).id, projectId: project.id,
    })))).rejects.toMatchObject({ status: 422 })
    const closed = await makeProject(colleague)
    await withTenant(colleague, (scope) => changeProjectStatus(scope, { id: closed.id, version: 1, status: 'paused' }))
    await expect(apply(colleague, id, { projectId: closed.id })).rejects.toMatchObject({ code: 'project_closed' })
    expect((await list(viewer)).find((one) => one.id === id)).toMatchObject({ usageCount: 0 })
  })
})

describe('keepAsTemplate', () => {
  test('a task is kept with its subtasks, without those that were cancelled', async () => {
    const task = await makeTask(colleague, project.id, { title: 'Wash the van', description: 'Inside\n\nand out', priority: 'low', estimate: '2h' })
    await makeTask(colleague, project.id, { parentId: task.id, title: '- Vacuum !high' })
    const gone = await makeTask(colleague, project.id, { parentId: task.id, title: 'Gone' })
    await withTenant(colleague, ({ tx }) => tx.task.updateMany({ where: { id: gone.id }, data: { status: 'cancelled' } }))
    const { id } = await keep(colleague, task.id)
    const { content } = (await list(viewer)).find((one) => one.id === id)!
    expect(textOf(content)).toBe('Wash the van !low ~2h\n> Inside\n> \n> and out\n- \\- Vacuum !high \\')
    await apply(colleague, id)
    await expect(keep(viewer, task.id)).rejects.toMatchObject({ status: 403 })
    await expect(keep(other.owner, task.id)).rejects.toMatchObject({ status: 404 })
    await expect(keep(colleague, task.id, (await list(viewer)).find((one) => one.id === id)!.name)).rejects.toMatchObject({ code: 'name_taken' })
  })

  test('of a project, it is read and used there alone, and changed by those who may change the project', async () => {
    const hidden = await makeProject(colleague, { visibility: 'private' })
    const task = await makeTask(colleague, hidden.id, { title: 'Secret' })
    const { id, name } = await keep(colleague, task.id, undefined, false)
    const limited = (key: string | null) => withTenant(colleague, listTemplates, { key: { id, prefix: 'bh_test', scopes: [], containerId: key } })
    expect(await limited(hidden.id)).toMatchObject([{ id, project: { id: hidden.id } }])
    for (const person of [organization.owner, viewer, other.owner]) expect((await list(person)).map((one) => one.id)).not.toContain(id)
    for (const act of [() => apply(organization.owner, id), () => edit(organization.owner, id, 1, 'x', 'task'), () => withTenant(organization.owner, (scope) => deleteTemplate(scope, id))]) await expect(act()).rejects.toMatchObject({ status: 404 })
    // The name is free elsewhere, so it tells nothing.
    await make(organization.owner, 'task', 'One', name)
    await expect(apply(colleague, id)).rejects.toMatchObject({ status: 422 })
    expect(await apply(colleague, id, { projectId: hidden.id })).toMatchObject({ count: 1 })
    await expect(withTenant(organization.owner, (scope) => createTemplate(scope, createTemplateSchema.parse({ kind: 'task', name: 'x', outline: 'One', projectId: hidden.id })))).rejects.toMatchObject({ status: 422 })
    const seen = await makeProject(organization.owner, { defaultAccess: 'view' })
    const theirs = await keep(organization.owner, (await makeTask(organization.owner, seen.id)).id, undefined, false)
    await expect(edit(colleague, theirs.id, 1, 'x', 'task')).rejects.toMatchObject({ status: 403 })
    await expect(keep(colleague, (await makeTask(organization.owner, seen.id)).id, undefined, false)).rejects.toMatchObject({ status: 403 })
  })

  test('a task that I do not see is unknown', async () => {
    const hidden = await makeProject(colleague, { visibility: 'private' })
    const task = await makeTask(colleague, hidden.id, { title: 'Secret' })
    await expect(keep(organization.owner, task.id)).rejects.toMatchObject({ status: 404 })
  })
})
