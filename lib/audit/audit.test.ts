import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLabel } from '@/lib/labels/labels'
import { closeConnections, failureOf, rolledBack, withConnection } from '@/lib/testing/connections'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import { updateTask } from '@/lib/tasks/tasks'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { recordAudit } from './audit'

let a: Twin
beforeAll(async () => void ([a] = await makeTwins()))
afterAll(closeConnections)

const eventsOf = (action: string) => withTenant(a.owner, ({ tx }) => tx.auditEvent.count({ where: { action } }))
const labelled = (name: string) => withTenant(a.owner, ({ tx }) => tx.label.count({ where: { name } }))
const label = (name: string) => ({ name, colour: '#2563eb' as const, isPersonal: false })

test('lesson 61: a change and its event are stored together', async () => {
  const before = await eventsOf('label.created')
  await withTenant(a.owner, (scope) => createLabel(scope, label('Together')))
  expect([await labelled('Together'), await eventsOf('label.created')]).toEqual([1, before + 1])
})

test('lesson 61: when the event cannot be stored, the change is gone', async () => {
  const failing = withTenant(a.owner, async (scope) => {
    await createLabel(scope, label('Alone'))
    await recordAudit(scope, { action: 'x', entityKind: 'label', entityId: 'no uuid', label: 'x' })
  })
  await expect(failing).rejects.toThrow()
  expect(await labelled('Alone')).toBe(0)
})

test('lesson 61: when the change fails after its event, there is no event of success', async () => {
  const before = await eventsOf('label.created')
  await expect(withTenant(a.owner, async (scope) => { await createLabel(scope, label('Undone')); throw new Error('after') })).rejects.toThrow('after')
  expect([await labelled('Undone'), await eventsOf('label.created')]).toEqual([0, before])
})

test('a stale version changes nothing and tells nothing', async () => {
  const before = await eventsOf('task.updated')
  const input = { id: a.taskId, version: 99, title: 'Other', description: '', priority: 'low' as const, dueOn: null, estimate: null, assignees: [], labels: [] }
  await expect(withTenant(a.owner, (scope) => updateTask(scope, input))).rejects.toMatchObject({ status: 409, code: 'changed_elsewhere' })
  expect(await eventsOf('task.updated')).toBe(before)
})

test.each(['audit_events', 'audit_details', 'task_status_changes'])('history: %s can be added to but neither changed nor removed', async (table) => {
  await withConnection('TENANT_DATABASE_URL', (client) => rolledBack(client, a.owner, async () => {
    expect((await client.query(`SELECT FROM ${table}`)).rowCount).toBeGreaterThan(0)
    for (const sql of [`UPDATE ${table} SET id = id`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) expect(await failureOf(client, sql)).toBe('42501')
  }))
})
