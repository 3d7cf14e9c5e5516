import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { saveDelivery, setPreference, muteOrganization } from '@/lib/account/preferences'
import { createTaskComment } from '@/lib/comments/comments'
import { listInbox } from '@/lib/inbox/inbox'
import { snoozeItem, wakeItem } from '@/lib/inbox/snoozes'
import { listen, closeListener, isHeard } from '@/lib/platform/listener'
import { withPerson } from '@/lib/platform/person'
import { shareProject } from '@/lib/projects/sharing'
import { updateTask } from '@/lib/tasks/tasks'
import { moveTask } from '@/lib/tasks/transitions'
import { closeConnections, failureOf, rolledBack, withConnection } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { withEnv } from '@/lib/testing/with-env'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { mailDueNotifications } from './mail'
import { countUnread, deleteNotification, listNotifications, markAllNotifications, markNotification } from './notifications'
import { notify } from './notify'

let organization: TestOrganization, other: TestOrganization
let worker: Member, bystander: Member
beforeAll(async () => void (other = await makeOrganization()))
beforeEach(async () => {
  organization = await makeOrganization()
  ;[worker, bystander] = [await organization.add('member'), await organization.add('member')]
})
afterAll(async () => {
  await closeListener()
  await closeConnections()
})

const told = async (member: Member) => (await withTenant(member, (scope) => listNotifications(scope))).map(({ kind }) => kind)
const first = async (member: Member) => (await withTenant(member, (scope) => listNotifications(scope)))[0]!
const unread = (member: Member) => withTenant(member, countUnread)
const tell = (by: Member, userId: string, more: Record<string, unknown> = {}) => withTenant(by, (scope) => notify(scope, [{ userId, kind: 'commented', title: 'Something', link: '/inbox', entityKind: 'task', ...more }]))
const mailsTo = async ({ userId }: Member) => look<{ data: { items: { title: string }[] } }>(`SELECT m.data FROM mails m JOIN users u ON u.email = m.to_address WHERE u.id = $1 AND m.kind = 'notifications'`, [userId])
const settings = <T>(member: Member, work: (scope: Parameters<Parameters<typeof withPerson<T>>[2]>[0]) => Promise<T>) => withPerson(member.userId, NO_VISITOR, work)

describe('who is told', () => {
  test('whoever is assigned, named or concerned, of what they see; nobody of what they did themselves', async () => {
    const project = await makeProject(organization.owner)
    const task = await makeTask(organization.owner, project.id, { assignees: [worker.userId, organization.owner.userId] })
    expect([await told(worker), await told(organization.owner)]).toEqual([['task_assigned'], []])
    await withTenant(worker, (scope) => createTaskComment(scope, { taskId: task.id, body: 'Look', mentions: [bystander.userId] }))
    expect([await told(bystander), await told(organization.owner), await told(worker)]).toEqual([['mentioned'], ['commented'], ['task_assigned']])
    expect(await first(bystander)).toMatchObject({ body: 'Look', link: `/projects/${project.slug}/tasks/${task.number}`, isRead: false })
    const move = (to: 'in_progress' | 'blocked', version: number) => withTenant(organization.owner, (scope) => moveTask(scope, { id: task.id, version, to, note: to === 'blocked' ? 'Waits' : '', summary: '', cancelSubtasks: false }))
    await move('in_progress', 1)
    await move('blocked', 2)
    await move('in_progress', 3)
    expect(await told(worker)).toContain('task_unblocked')
    // Who is assigned already is not told again.
    await withTenant(organization.owner, (scope) => updateTask(scope, { id: task.id, version: 4, title: 'New', description: '', priority: 'low', dueOn: null, estimate: null, assignees: [worker.userId, bystander.userId], labels: [] }))
    expect((await told(worker)).filter((kind) => kind === 'task_assigned')).toHaveLength(1)
    expect(await told(bystander)).toContain('task_assigned')
  })

  test('not who cannot see it, is suspended, elsewhere, or wants not to', async () => {
    const hidden = await makeProject(organization.owner, { visibility: 'private' })
    const task = await makeTask(organization.owner, hidden.id)
    await withTenant(organization.owner, (scope) => createTaskComment(scope, { taskId: task.id, body: 'Secret', mentions: [worker.userId, other.owner.userId] }))
    await tell(organization.owner, other.owner.userId)
    const suspended = await organization.add('member')
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [suspended.userId])
    await tell(organization.owner, suspended.userId)
    await settings(worker, async (scope) => { await setPreference(scope, 'commented', false, 'app'); await setPreference(scope, 'commented', false, 'email') })
    await tell(organization.owner, worker.userId)
    await tell(organization.owner, worker.userId, { minRole: 'manager' })
    expect(await look('SELECT FROM notifications WHERE tenant_id = $1', [organization.tenantId])).toEqual([])
    expect(await told(other.owner)).toEqual([])
    // Somebody cannot tell of what they cannot see, either.
    await withTenant(bystander, (scope) => notify(scope, [{ userId: organization.owner.userId, kind: 'commented', title: 'X', link: '/', entityKind: 'task', containerId: hidden.id }]))
    expect(await told(organization.owner)).toEqual([])
  })

  test('what they may see no longer is hidden, from list, count and mail; and back when they may', async () => {
    const project = await makeProject(organization.owner)
    await makeTask(organization.owner, project.id, { assignees: [worker.userId] })
    expect([await told(worker), await unread(worker)]).toEqual([['task_assigned'], 1])
    const share = (version: number, visibility: 'private' | 'organization') => withTenant(organization.owner, (scope) => shareProject(scope, { id: project.id, version, visibility, defaultAccess: 'edit', teamId: null, shares: [] }))
    await share(1, 'private')
    expect([await told(worker), await unread(worker)]).toEqual([[], 0])
    await withEnv({ MAILBOX: '1' }, () => mailDueNotifications(new Date(Date.now() + 120_000)))
    expect(await mailsTo(worker)).toEqual([])
    await share(2, 'organization')
    expect(await told(worker)).toEqual(['task_assigned'])
  })

  test('nobody writes one past the function, and nobody reads, marks or deletes another’s', async () => {
    await tell(organization.owner, worker.userId)
    const { id } = await first(worker)
    for (const member of [organization.owner, bystander, other.owner]) {
      expect(await told(member)).toEqual([])
      await expect(withTenant(member, (scope) => markNotification(scope, { id, isRead: true }))).rejects.toMatchObject({ status: 404 })
      await expect(withTenant(member, (scope) => deleteNotification(scope, id))).rejects.toMatchObject({ status: 404 })
      await withTenant(member, markAllNotifications)
    }
    await withConnection('TENANT_DATABASE_URL', (client) => rolledBack(client, organization.owner, async () => {
      expect(await failureOf(client, `INSERT INTO notifications (id, owner_user_id, kind, title, link, entity_kind) VALUES ($1, $2, 'commented', 'X', '/', 'task')`, [uuidv7(), worker.userId])).toBe('42501')
      expect(await failureOf(client, `SELECT * FROM kernel.due_notification_mail(now())`)).toBe('42501')
      for (const link of ['https://evil.example', '//evil.example', 'javascript:x']) expect(await failureOf(client, `SELECT kernel.notify(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'user_id', $1::uuid, 'kind', 'commented', 'title', 'X', 'link', $2::text, 'entity_kind', 'task')), now())`, [worker.userId, link])).toBe('23514')
    }))
    expect(await unread(worker)).toBe(1)
    await withTenant(worker, (scope) => markNotification(scope, { id, isRead: true }))
    expect(await unread(worker)).toBe(0)
    await withTenant(worker, (scope) => deleteNotification(scope, id))
    await expect(withTenant(worker, (scope) => deleteNotification(scope, id))).rejects.toMatchObject({ status: 404 })
  })
})

describe('mail', () => {
  const run = (at: Date) => withEnv({ MAILBOX: '1' }, () => mailDueNotifications(at))
  const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)
  // Told at noon of a Wednesday, and the hours from there.
  const noon = new Date('2026-11-18T12:00:00Z')
  const at = (hours: number) => new Date(noon.getTime() + hours * 3_600_000)
  const toldAtNoon = async (title = 'Something') => {
    await tell(organization.owner, worker.userId, { title })
    await look('UPDATE notifications SET created_at = $2 WHERE tenant_id = $1 AND mailed_at IS NULL', [organization.tenantId, noon])
  }

  test('what comes together is one mail, once, whoever sends it; what was read is not mailed', async () => {
    await tell(organization.owner, worker.userId, { title: 'First' })
    await tell(organization.owner, worker.userId, { title: 'Second' })
    await tell(organization.owner, bystander.userId)
    await withTenant(bystander, markAllNotifications)
    await Promise.all([run(later(2)), run(later(2)), run(later(2))])
    expect((await mailsTo(worker)).map(({ data }) => data.items.map(({ title }) => title))).toEqual([['Second', 'First']])
    expect(await mailsTo(bystander)).toEqual([])
    await run(later(3))
    expect(await mailsTo(worker)).toHaveLength(1)
  })

  test('not of a kind that is switched off, nor from a muted organization', async () => {
    await settings(worker, (scope) => setPreference(scope, 'commented', false, 'email'))
    await settings(bystander, (scope) => muteOrganization(scope, { slug: organization.slug, isMuted: true }))
    for (const { userId } of [worker, bystander]) await tell(organization.owner, userId)
    await run(later(2))
    expect([await mailsTo(worker), await mailsTo(bystander)]).toEqual([[], []])
    expect([await unread(worker), await unread(bystander)]).toEqual([1, 1])
  })

  test('those who are not let in take nobody’s place, and one that cannot be mailed keeps no other waiting', async () => {
    const shut = await makeOrganization()
    const people = [await shut.add('member'), await organization.add('member')]
    for (const [place, { userId }] of [[shut, people[0]!], [organization, people[1]!]] as const) await tell(place.owner, userId)
    await look('UPDATE notifications SET created_at = $2 WHERE owner_user_id = ANY ($1)', [people.map(({ userId }) => userId), noon])
    await look(`UPDATE organizations SET status = 'suspended' WHERE id = $1`, [shut.tenantId])
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [people[1]!.userId])
    // An address too long to be queued stands for whatever goes wrong with one person.
    const broken = await organization.add('member')
    await look(`UPDATE users SET email = repeat('x', 400) WHERE id = $1`, [broken.userId])
    await tell(organization.owner, broken.userId, { title: 'Never' })
    await toldAtNoon('On time')
    await look('UPDATE notifications SET created_at = $2 WHERE owner_user_id = $1', [broken.userId, new Date(noon.getTime() - 60_000)])
    const due = await look<{ user_id: string }>('SELECT user_id FROM kernel.due_notification_mail($1) WHERE user_id = ANY ($2)', [at(1), [...people, worker, broken].map(({ userId }) => userId)])
    expect(due.map(({ user_id: userId }) => userId)).toEqual([broken.userId, worker.userId])
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
    await run(at(1))
    expect(errors.mock.calls.flat().join()).toContain(broken.userId)
    errors.mockRestore()
    expect((await mailsTo(worker)).map(({ data }) => data.items.map(({ title }) => title))).toEqual([['On time']])
    await look('DELETE FROM notifications WHERE owner_user_id = $1', [broken.userId])
  })

  test('a time zone that the database does not know is read as UTC, and keeps nobody’s mail', async () => {
    await look(`UPDATE users SET timezone = 'America/Not_Yet' WHERE id = $1`, [bystander.userId])
    await settings(bystander, (scope) => saveDelivery(scope, { quietFrom: '', quietTo: '', digest: 'daily' }))
    await tell(organization.owner, bystander.userId)
    await toldAtNoon()
    await run(at(1))
    expect([(await mailsTo(worker)).length, (await mailsTo(bystander)).length]).toEqual([1, 1])
  })

  test('it is held through quiet hours, across midnight too, by the person’s own clock', async () => {
    await look(`UPDATE users SET timezone = 'Asia/Tokyo' WHERE id = $1`, [worker.userId])
    await settings(worker, (scope) => saveDelivery(scope, { quietFrom: '20:00', quietTo: '07:30', digest: 'off' }))
    await toldAtNoon()
    // 21:01 and 07:00 in Tokyo, then 07:31.
    for (const [hours, count] of [[0.02, 0], [10, 0], [10.6, 1]] as const) {
      await run(at(hours))
      expect(await mailsTo(worker), String(hours)).toHaveLength(count)
    }
  })

  test.each([['daily', [[1, 1], [2, 1], [21, 2]]], ['weekly', [[1, 0], [48, 0], [24 * 5 - 5, 0], [24 * 5 - 3, 1]]]] as const)('gathered %s', async (digest, steps) => {
    await settings(worker, (scope) => saveDelivery(scope, { quietFrom: '', quietTo: '', digest }))
    await toldAtNoon()
    for (const [hours, count] of steps) {
      await run(at(hours))
      expect(await mailsTo(worker), String(hours)).toHaveLength(count)
      if (digest === 'daily') await toldAtNoon('More')
    }
  })
})

describe('the inbox', () => {
  test('overdue first, then today, then the newest; what is put off comes back in its time', async () => {
    const project = await makeProject(organization.owner)
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    for (const [title, due] of [['Later', day(9)], ['Late', day(-3)], ['Today', day(0)]] as const) await makeTask(worker, project.id, { title, dueOn: due, assignees: [worker.userId] })
    await tell(organization.owner, worker.userId, { title: 'News' })
    const titles = async (view: 'waiting' | 'tasks' | 'told' | 'snoozed' = 'waiting') => (await withTenant(worker, (scope) => listInbox(scope, view))).map(({ title }) => title.replace(/^\S+-\d+ /, ''))
    expect(await titles()).toEqual(['Late', 'Today', 'News', 'Later'])
    expect(await titles('told')).toEqual(['News'])
    const [late] = await withTenant(worker, (scope) => listInbox(scope, 'waiting'))
    for (let n = 0; n < 2; n++) await withTenant(worker, (scope) => snoozeItem(scope, { key: late!.key, days: 1 }))
    expect([await titles(), await titles('snoozed')]).toEqual([['Today', 'News', 'Later'], ['Late']])
    await withTenant(bystander, (scope) => wakeItem(scope, late!.key))
    expect(await titles('snoozed')).toEqual(['Late'])
    await withTenant(worker, (scope) => wakeItem(scope, late!.key))
    expect(await titles()).toHaveLength(4)
  })

  test('join requests wait for owners and admins alone', async () => {
    const asking = await organization.add('viewer')
    await look(`UPDATE memberships SET status = 'pending_approval', requested_role = 'member' WHERE user_id = $1`, [asking.userId])
    const kinds = async (member: Member) => (await withTenant(member, (scope) => listInbox(scope, 'waiting'))).map(({ kind }) => kind)
    expect([await kinds(organization.owner), await kinds(await organization.add('manager'))]).toEqual([['join_request'], []])
  })
})

test('a signal wakes those who listen for this person in this organization, and nobody else', async () => {
  const woken: string[] = []
  const stop = [listen(organization.tenantId, worker.userId, () => woken.push('worker')), listen(organization.tenantId, bystander.userId, () => woken.push('bystander')), listen(other.tenantId, worker.userId, () => woken.push('elsewhere'))]
  await expect.poll(isHeard, { timeout: 5_000 }).toBe(true)
  woken.length = 0
  await tell(organization.owner, worker.userId)
  await expect.poll(() => woken, { timeout: 3_000 }).toEqual(['worker'])
  // What was rolled back has not happened.
  await withTenant(organization.owner, async (scope) => {
    await notify(scope, [{ userId: worker.userId, kind: 'commented', title: 'No', link: '/', entityKind: 'task' }])
    throw new Error('undo')
  }).catch(() => {})
  for (const end of stop) end()
  await tell(organization.owner, worker.userId)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(woken).toEqual(['worker'])
})
