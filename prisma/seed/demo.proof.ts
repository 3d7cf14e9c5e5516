import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PRIORITIES, STATUSES } from '@/lib/tasks/rules'
import { asSetup } from '@/lib/testing/make-person'
import { seal } from '@/lib/testing/tampering'
import { verifyOrganization } from '@/lib/audit/seals'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { requireNode, script } from '@/scripts/processes.ts'

let database: Awaited<ReturnType<typeof useOwnDatabase>>
beforeAll(async () => {
  vi.spyOn(console, 'info').mockImplementation(() => {})
  database = await useOwnDatabase()
  await seed()
}, 240_000)
afterAll(() => database.close())

const seed = () => requireNode('Seeding', script('prisma/seed/seed.ts', { server: true }), { env: { ...process.env, DEMO_PASSWORD: 'harbor-maple-42-lantern' } })

const count = async (slug: string, sql: string) => (await asSetup<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, [(await asSetup<{ id: string }>('SELECT id FROM organizations WHERE slug = $1', [slug]))[0]!.id]))[0]!.n
const grouped = async (slug: string, by: string, sql: string) => Object.fromEntries((await asSetup<{ name: string; n: number }>(`SELECT ${by}::text AS name, count(*)::int AS n FROM ${sql} GROUP BY 1`, [(await asSetup<{ id: string }>('SELECT id FROM organizations WHERE slug = $1', [slug]))[0]!.id])).map(({ name, n }) => [name, n]))
const inOrder = <T extends string>(names: readonly T[], counts: Record<string, number>) => names.map((name) => [name, counts[name] ?? 0])

const FERN = 'fern-forge'
async function tellFern() {
  return {
    projects: await count(FERN, 'projects WHERE tenant_id = $1'), workstreams: await count(FERN, 'workstreams WHERE tenant_id = $1'), goals: await count(FERN, 'goals WHERE tenant_id = $1'), subtasks: await count(FERN, 'tasks WHERE tenant_id = $1 AND parent_id IS NOT NULL'),
    statuses: inOrder(STATUSES, await grouped(FERN, 'status', 'tasks WHERE tenant_id = $1')), priorities: inOrder(PRIORITIES, await grouped(FERN, 'priority', 'tasks WHERE tenant_id = $1')),
    dependencies: await count(FERN, 'task_dependencies WHERE tenant_id = $1'), chain: await chain(), blocked: await count(FERN, `tasks WHERE tenant_id = $1 AND status = 'blocked' AND blocked_reason <> ''`),
    overdue: await count(FERN, `tasks t, organizations o WHERE t.tenant_id = $1 AND o.id = $1 AND t.status IN ('todo', 'in_progress', 'blocked', 'review', 'testing') AND t.due_on < (now() AT TIME ZONE o.timezone)::date`),
    templates: await count(FERN, 'task_templates WHERE tenant_id = $1'), delegations: await grouped(FERN, 'status', 'context_delegations WHERE tenant_id = $1'), levels: Object.keys(await grouped(FERN, 'level', 'context_entries WHERE tenant_id = $1')).sort(),
    cutOff: await count(FERN, 'context_entries WHERE tenant_id = $1 AND NOT inherits'),
    // The same name in a section of the organization and of a project, with another value.
    overridden: await count(FERN, `context_entries p JOIN context_entries o ON o.tenant_id = p.tenant_id AND o.level = 'organization' AND o.section = p.section, jsonb_object_keys(p.data) k WHERE p.tenant_id = $1 AND p.level = 'project' AND o.data ? k AND o.data -> k <> p.data -> k`),
    keys: await count(FERN, 'api_keys WHERE tenant_id = $1'), wasBlocked: await count(FERN, `tasks t WHERE t.tenant_id = $1 AND t.status = 'done' AND EXISTS (SELECT FROM task_status_changes c WHERE c.tenant_id = $1 AND c.task_id = t.id AND c.from_status = 'blocked')`),
  }
}

/** The most steps from a task to what it waits for, and what that waits for. */
const chain = async () => (await asSetup<{ n: number }>(`WITH RECURSIVE way AS (SELECT depends_on_id AS id, 1 AS n FROM task_dependencies WHERE tenant_id = (SELECT id FROM organizations WHERE slug = 'fern-forge') UNION ALL SELECT d.depends_on_id, w.n + 1 FROM way w JOIN task_dependencies d ON d.task_id = w.id) SELECT max(n)::int AS n FROM way`))[0]!.n

const PLAN = {
  projects: 3, workstreams: 9, goals: 5, subtasks: 35,
  statuses: [['todo', 40], ['in_progress', 18], ['blocked', 9], ['review', 8], ['testing', 7], ['done', 34], ['cancelled', 6], ['archived', 8]],
  priorities: [['critical', 8], ['urgent', 17], ['high', 35], ['medium', 50], ['low', 20]],
  dependencies: 22, chain: 4, blocked: 9, overdue: 6, templates: 14, delegations: { pending: 1, approved: 1, rejected: 1 }, levels: ['organization', 'project', 'task', 'workstream'], cutOff: 1, overridden: 1, keys: 5, wasBlocked: 1,
}

test('Fern & Forge has what the story tells of it', async () => {
  expect(await tellFern()).toEqual(PLAN)
})

test('its keys: one that ends in three days, one that has, one revoked, one of a project, one of ten calls an hour', async () => {
  const keys = await asSetup<{ days: number; revoked: boolean; limited: boolean; rate: number }>(`SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days, revoked_at IS NOT NULL AS revoked, container_id IS NOT NULL AS limited, rate_per_hour AS rate FROM api_keys k JOIN organizations o ON o.id = k.tenant_id AND o.slug = 'fern-forge' ORDER BY k.id`)
  expect(keys).toEqual([{ days: 3, revoked: false, limited: false, rate: 1000 }, { days: 0, revoked: false, limited: false, rate: 1000 }, { days: 90, revoked: true, limited: false, rate: 1000 }, { days: 90, revoked: false, limited: true, rate: 1000 }, { days: 365, revoked: false, limited: false, rate: 10 }])
})

test('Copperleaf has nine ideas in every state, of which one became four tasks', async () => {
  expect(await grouped('copperleaf', 'status', 'ideas WHERE tenant_id = $1')).toEqual({ draft: 2, refining: 1, validated: 2, rejected: 1, converted: 1, archived: 2 })
  expect(await count('copperleaf', 'idea_tasks WHERE tenant_id = $1')).toBe(4)
})

test('Legacy Import Co has twelve tasks of nobody, in a private project of somebody who is no member', async () => {
  expect(await count('legacy-import', `tasks t JOIN containers c ON c.tenant_id = t.tenant_id AND c.id = t.project_id AND c.visibility = 'private' JOIN memberships m ON m.tenant_id = c.tenant_id AND m.user_id = c.owner_user_id AND m.status = 'removed' WHERE t.tenant_id = $1 AND NOT EXISTS (SELECT FROM task_assignees a WHERE a.tenant_id = $1 AND a.task_id = t.id)`)).toBe(12)
})

const tellVisit = async () => ({
  sessions: await asSetup(`SELECT s.admin_name, s.reason, s.mode, s.status, s.minutes, s.ended_by, round(extract(epoch FROM now() - s.starts_at) / 86400)::int AS days FROM support_sessions s JOIN organizations o ON o.id = s.tenant_id ORDER BY s.id`),
  events: await asSetup(`SELECT e.action, d.label FROM audit_events e JOIN organizations o ON o.id = e.tenant_id AND o.slug = 'northline' JOIN audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id WHERE e.support_session_id IS NOT NULL ORDER BY e.at`),
  platform: await asSetup(`SELECT p.action, u.name, p.reason FROM platform_audit_events p JOIN users u ON u.id = p.user_id WHERE p.support_session_id IS NOT NULL ORDER BY p.at`),
})
const VISIT = {
  sessions: [{ admin_name: 'Alex Stone', reason: 'Invoice total looks wrong', mode: 'read_only', status: 'ended', minutes: 30, ended_by: 'platform', days: 9 }],
  events: [{ action: 'support.started', label: 'Invoice total looks wrong' }, ...['/northline', '/northline/projects', '/northline/projects/winter-readiness', '/northline/projects/winter-readiness/tasks/1', '/northline/reports'].map((label) => ({ action: 'support.page_opened', label })), { action: 'support.ended', label: '' }],
  platform: [{ action: 'support.started', name: 'Alex Stone', reason: 'Invoice total looks wrong' }, { action: 'support.ended', name: 'Alex Stone', reason: null }],
}

test('somebody of the platform has been at Northline, and its history with that is whole', async () => {
  expect(await tellVisit()).toEqual(VISIT)
  const [{ id } = { id: '' }] = await asSetup<{ id: string }>(`SELECT id FROM organizations WHERE slug = 'northline'`)
  await seal(id)
  expect((await verifyOrganization(id)).problems).toEqual([])
  // What was opened is there to be looked at.
  expect(await count('northline', `tasks t JOIN projects p ON p.tenant_id = t.tenant_id AND p.id = t.project_id AND p.slug = 'winter-readiness' WHERE t.tenant_id = $1 AND t.number = 1`)).toBe(1)
})

test('seeded again, nothing is there twice', async () => {
  await seed()
  expect(await tellFern()).toEqual(PLAN)
  expect(await tellVisit()).toEqual(VISIT)
}, 120_000)
