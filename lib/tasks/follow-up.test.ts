import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ConflictError, ForbiddenError, NotFoundError } from '@/lib/errors'
import { createLabel } from '@/lib/labels/labels'
import { listLinks } from '@/lib/links/links'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { createFollowUp } from './follow-up'
import { getTask } from './tasks'
import { moveTask } from './transitions'

let organization: TestOrganization, other: TestOrganization
let colleague: Member, viewer: Member
let task: { id: string; projectId: string; number: number }
let project: { id: string; slug: string; key: string }
beforeEach(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[colleague, viewer] = [await organization.add('member'), await organization.add('viewer')]
  project = await makeProject(organization.owner, { name: 'Plows', defaultAccess: 'edit' })
  const { owner } = organization
  const [label, workstream] = await withTenant(owner, async (scope) => [await createLabel(scope, { name: 'Steel', colour: '#2563eb', isPersonal: false }), await createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Vehicles' }))] as const)
  task = await makeTask(owner, project.id, { title: 'Weld the blade', description: 'Left side', priority: 'high', assignees: [colleague.userId, viewer.userId], reviewers: [organization.owner.userId, viewer.userId], labels: [label.id], workstreamId: workstream.id })
})
afterAll(closeConnections)

const finish = () => withTenant(organization.owner, (scope) => moveTask(scope, { id: task.id, version: 1, to: 'done', note: '', summary: 'Welded', cancelSubtasks: false }))
const follow = (by: Member) => withTenant(by, (scope) => createFollowUp(scope, task.id))

describe('createFollowUp', () => {
  test('copies the task, without people who have left, and follows it', async () => {
    await finish()
    await withTenant(organization.owner, ({ tx }) => tx.membership.updateMany({ where: { userId: viewer.userId }, data: { status: 'removed' } }))
    expect(await follow(colleague)).toMatchObject({ key: `${project.key}-2` })
    const made = await withTenant(colleague, (scope) => getTask(scope, project.slug, 2))
    expect(made).toMatchObject({ title: 'Weld the blade', description: 'Left side', priority: 'high', status: 'todo', workstream: { name: 'Vehicles' }, assignees: [{ userId: colleague.userId }], reviewers: [{ userId: organization.owner.userId }], labels: [{ name: 'Steel' }] })
    expect(await withTenant(colleague, (scope) => listLinks(scope, made))).toMatchObject([{ words: 'Follows', task: { id: task.id } }])
  })

  test('nobody whose role makes no tasks, and none of a task that is open', async () => {
    await expect(follow(colleague)).rejects.toMatchObject({ code: 'task_open' })
    await finish()
    for (const by of [viewer, await organization.add('field')]) await expect(follow(by)).rejects.toBeInstanceOf(ForbiddenError)
    await withTenant(organization.owner, ({ tx }) => tx.project.updateMany({ where: { id: project.id }, data: { status: 'paused' } }))
    await expect(follow(colleague)).rejects.toBeInstanceOf(ConflictError)
  })

  test('repeated, it is another one: more than one thing may be left', async () => {
    await finish()
    expect([await follow(colleague), await follow(colleague)]).toMatchObject([{ number: 2 }, { number: 3 }])
  })

  test('another organization finds no such task', async () => {
    await finish()
    await expect(follow(other.owner)).rejects.toBeInstanceOf(NotFoundError)
  })
})
