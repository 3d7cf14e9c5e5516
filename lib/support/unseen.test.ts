import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { auditFilterSchema, findSupportOf, listAuditEvents } from '@/lib/audit/audit-list'
import { auditExport } from '@/lib/exports/list-audit'
import { listNotifications } from '@/lib/notifications/notifications'
import { updateTaskSchema } from '@/lib/tasks/schema'
import { updateTask } from '@/lib/tasks/tasks'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { visitsOf } from '@/lib/testing/make-visit'
import { listSupportSessions, openSupport, setSupportPolicy } from './organization-support'
import { endMySupport, requestSupport } from './platform-support'

let organization: TestOrganization, other: TestOrganization, sam: SuperAdmin
let { input, policy, ask, toChange, newest, anyTask } = {} as ReturnType<typeof visitsOf>
beforeEach(async () => {
  ;[organization, other, sam] = [await makeOrganization(), await makeOrganization(), await makeSuperAdmin()]
  ;({ input, policy, ask, toChange, newest, anyTask } = visitsOf(organization, sam))
  await policy('allow')
})
afterAll(closeConnections)

const events = (tenantId = organization.tenantId) => look<{ action: string; actor_kind: string; label: string; changes: Record<string, unknown> }>(`SELECT e.action, e.actor_kind, d.label, d.changes FROM audit_events e JOIN audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id WHERE e.tenant_id = $1 AND e.support_session_id IS NOT NULL ORDER BY e.at, e.id`, [tenantId])
const edit = (id: string) => updateTaskSchema.parse({ id, version: 1, title: 'Mended', description: '', priority: 'medium', dueOn: '', estimate: '', assignees: [], labels: [] })

describe('rule 12: nobody can come unseen', () => {
  test('every page and every write stands in the organization’s history with both identities', async () => {
    const task = await anyTask()
    await toChange()
    const inside = await sam.at(organization.slug, `/${organization.slug}/tasks`)
    await sam.at(organization.slug, `/${organization.slug}/tasks`)
    await sam.at(organization.slug, `/${organization.slug}/reports`)
    // Even one that would rather be somebody else.
    await withTenant(inside, (scope) => updateTask({ ...scope, member: { ...inside, support: undefined } }, edit(task.id)))
    await endMySupport(sam.token, inside.support!.id)
    const kept = await events()
    expect(kept.map(({ action, label }) => [action, label])).toEqual([
      ['support.started', 'A list that does not load'], ['support.page_opened', `/${organization.slug}/tasks`], ['support.page_opened', `/${organization.slug}/reports`], ['task.updated', 'Mended'], ['support.ended', '']])
    for (const { actor_kind } of kept) expect(actor_kind).toBe('support')
    expect(kept[0]!.changes).toMatchObject({ support: [null, 'Sam Reyes'], reference: [null, 'HELP-7'], minutes: [null, 30] })
    expect(await newest()).toMatchObject({ adminName: 'Sam Reyes', eventCount: 5, endedBy: 'platform' })
  })

  test('the history is filtered by one visit alone, in the list and in its file', async () => {
    await ask()
    const first = await sam.at(organization.slug, `/${organization.slug}/tasks`)
    await endMySupport(sam.token, first.support!.id)
    await ask()
    const second = await sam.at(organization.slug, `/${organization.slug}/reports`)
    const filter = (support: string) => auditFilterSchema.parse({ support })
    const [one, two] = (await withTenant(organization.owner, listSupportSessions)).toReversed()
    expect([one!.id, two!.id]).toEqual([first.support!.id, second.support!.id])
    for (const { id, eventCount } of [one!, two!]) {
      const { events: listed } = await withTenant(organization.owner, (scope) => listAuditEvents(scope, filter(id)))
      expect(listed).toHaveLength(eventCount)
      const { rows } = await withTenant(organization.owner, (scope) => auditExport.page(scope, filter(id), { after: null, size: 50, isLarge: false }))
      expect(rows.map((row) => row.id)).toEqual(listed.map((event) => event.id))
      expect(await withTenant(organization.owner, (scope) => findSupportOf(scope, filter(id)))).toMatchObject({ adminName: 'Sam Reyes' })
    }
    expect((await withTenant(organization.owner, (scope) => listAuditEvents(scope, filter(one!.id)))).events.map(({ action }) => action)).toEqual(['support.ended', 'support.page_opened', 'support.started'])
    expect(await withTenant(other.owner, async (scope) => [(await listAuditEvents(scope, filter(one!.id))).events, await findSupportOf(scope, filter(one!.id))])).toEqual([[], null])
    expect(() => auditFilterSchema.parse({ support: 'all' })).toThrow()
  })

  test('a long address stands there whole, so that nothing is opened behind it', async () => {
    await ask()
    const long = `/${organization.slug}/search?x=${'a'.repeat(200)}&q=`
    for (const q of ['salary', 'salary', 'lawsuit']) await sam.at(organization.slug, long + q)
    const kept = (await events()).filter(({ action }) => action === 'support.page_opened')
    expect(kept.map(({ label, changes }) => [label, changes.address])).toEqual(['salary', 'lawsuit'].map((q) => [long.slice(0, 200), [null, long + q]]))
  })

  test('nobody else can write as support, and support not as somebody else', async () => {
    await toChange()
    const inside = await sam.at(organization.slug)
    const event = { action: 'task.updated', entityKind: 'task' }
    await expect(withTenant(organization.owner, ({ tx }) => tx.auditEvent.createMany({ data: [{ ...event, actorUserId: organization.owner.userId, actorKind: 'support', supportSessionId: inside.support!.id }] }))).rejects.toThrow()
    await expect(withTenant(inside, ({ tx }) => tx.auditEvent.createMany({ data: [{ ...event, actorUserId: organization.owner.userId }] }))).rejects.toMatchObject({ status: 403 })
    await withTenant(inside, ({ tx }) => tx.auditEvent.createMany({ data: [{ ...event, actorUserId: inside.userId, actorKind: 'system' }] }))
    expect(await look('SELECT actor_kind, support_session_id FROM audit_events WHERE tenant_id = $1 ORDER BY at DESC, id DESC LIMIT 1', [organization.tenantId])).toEqual([{ actor_kind: 'support', support_session_id: inside.support!.id }])
  })

  test('owners and admins are told, and see past and present sessions; others do not', async () => {
    const [admin, member] = [await organization.add('admin'), await organization.add('member')]
    await ask()
    for (const person of [organization.owner, admin]) {
      expect((await withTenant(person, (scope) => listNotifications(scope))).map(({ title }) => title)).toContain('Sam Reyes of support has come in')
      expect(await withTenant(person, openSupport)).toMatchObject([{ adminName: 'Sam Reyes', status: 'active' }])
    }
    expect(await withTenant(member, openSupport)).toEqual([])
    await expect(withTenant(member, listSupportSessions)).rejects.toMatchObject({ status: 403 })
    expect(await withTenant(member, ({ tx }) => tx.supportSession.count())).toBe(0)
    expect(await withTenant(other.owner, listSupportSessions)).toEqual([])
  })
})

test('a tab from before a switch writes nowhere', async () => {
  await withTenant(other.owner, (scope) => setSupportPolicy(scope, { policy: 'allow' }))
  const task = await anyTask()
  await toChange()
  const stale = await sam.at(organization.slug)
  await endMySupport(sam.token, stale.support!.id)
  await requestSupport(sam.token, { ...input({ organization: other.slug, mode: 'read_write', confirmation: other.slug }) })
  await sam.at(other.slug)
  await expect(withTenant(stale, (scope) => updateTask(scope, edit(task.id)))).rejects.toMatchObject({ code: 'support_over' })
  // A session of one organization opens no other.
  const { support } = await sam.at(other.slug)
  await expect(withTenant({ ...stale, support }, ({ tx }) => tx.task.count())).rejects.toMatchObject({ code: 'support_over' })
  expect(await look('SELECT version FROM tasks WHERE id = $1', [task.id])).toEqual([{ version: 1 }])
})
