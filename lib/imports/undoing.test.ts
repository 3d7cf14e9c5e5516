import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTaskComment } from '@/lib/comments/comments'
import { env } from '@/lib/env'
import { createLabel } from '@/lib/labels/labels'
import { linkTasks } from '@/lib/links/links'
import { importSteps } from '@/lib/testing/bring-in'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { asSetup } from '@/lib/testing/make-person'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { runDueJob } from '@/lib/jobs/runner'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { removeFromIndex } from '@/lib/search/search'
import { newFileKey } from '@/lib/files/keys'
import { writeEntry } from '@/lib/notebook/entries'
import { addDependency } from '@/lib/tasks/dependencies'
import { updateTask } from '@/lib/tasks/tasks'
import { GOING_TABLES, KEEPING_TABLES } from '@/lib/tasks/undo-tasks'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listKeptRows } from './batches'
import { applyImport, undoImport } from './imports'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-undoing-'))
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization
let member: Member
let stranger: Member
let projectId: string
beforeAll(async () => {
  database = await useOwnDatabase()
  Object.assign(env(), { FILES_DIRECTORY: directory })
  vi.spyOn(console, 'info').mockImplementation(() => {})
  organization = await makeOrganization()
  member = await organization.add('member')
  // One by the name, one by the address.
  CSV = fileFor(`Owner; ${member.userId}@example.test`)
  stranger = (await makeOrganization()).owner
})
beforeEach(async () => {
  projectId = (await makeProject(organization.owner)).id
})
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

let CSV: string
const fileFor = (people: string) => `Title,Description,State,Importance,Due date,Effort,Assigned to,Tags,Id,Secret column
Check the plows,Before the snow,open,High,2026-12-01,2h,${people},winter; urgent,40,x
Order salt,,doing,normal,,,,winter,41,x
Broken day,,open,low,31.31.2026,,,,42,x
Closed one,,closed,low,,,,,43,x
Nobody's,,open,low,,,Someone Else,,44,x
`
const tables = ['tasks', 'task_assignees', 'labels', 'record_labels', 'search_documents', 'search_tokens', 'audit_events', 'audit_details', 'projects', 'import_id_map']
const sums = async (tenantId = organization.tenantId) => Object.fromEntries(await Promise.all(tables.map(async (table) => [
  table,
  (await asSetup(`SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t.id), '')) AS sum FROM public."${table}" t WHERE tenant_id = $1`, [tenantId]))[0]!.sum,
] as const)))
const titles = (by: Member = member) => withTenant(by, async ({ tx }) => (await tx.task.findMany({ where: { projectId }, orderBy: { number: 'asc' } })).map(({ title }) => title))

async function bringIn(content: string | Buffer = CSV, by = member, name = 'list.csv') {
  const steps = importSteps(by)
  const uploaded = await steps.upload(content, { into: projectId, name })
  await steps.check(uploaded.id, uploaded.mapping)
  const job = await steps.apply(uploaded.id)
  return { ...steps, id: uploaded.id, job }
}

test('new tasks of others in the project wait for neither a dry run nor an import, and no number is given twice', async () => {
  const rows = Array.from({ length: 1_200 }, (_, at) => `Row ${at + 1}`).join('\n')
  const { upload, check, apply } = importSteps(member)
  const { id, mapping } = await upload(`Title\n${rows}\n`, { into: projectId })
  let isOver = false
  const worst = async (work: Promise<unknown>) => {
    isOver = false
    const ended = work.finally(() => void (isOver = true))
    let longest = 0
    while (!isOver) {
      const began = performance.now()
      await makeTask(organization.owner, projectId, { title: 'Meanwhile' })
      longest = Math.max(longest, performance.now() - began)
    }
    await ended
    return longest
  }
  expect(await worst(check(id, mapping))).toBeLessThan(1_500)
  expect(await withTenant(member, ({ tx }) => tx.task.count({ where: { projectId, number: { gt: 1_000_000 } } }))).toBe(0)
  expect(await worst(apply(id))).toBeLessThan(1_500)
  const [sums] = await asSetup<{ tasks: number; numbers: number; imported: number }>(
    `SELECT count(*)::int AS tasks, count(DISTINCT number)::int AS numbers, count(*) FILTER (WHERE title LIKE 'Row %')::int AS imported FROM tasks WHERE project_id = $1`,
    [projectId],
  )
  expect(sums!.numbers).toBe(sums!.tasks)
  expect(sums!.imported).toBe(1_200)
}, 60_000)

describe('undoing', () => {
  test('takes back what was made, also labels that nothing carries; it is the exact start but for history and numbers', async () => {
    const content = CSV.replaceAll('winter', 'only-here').replaceAll('urgent', 'only-here')
    const before = await sums()
    const { id, undo } = await bringIn(content)
    expect(await undo(id)).toMatchObject({ status: 'succeeded', result: { reversed: 3, keptEdited: 0, keptInUse: 0, undoFailed: 0 } })
    const after = await sums()
    for (const table of ['tasks', 'task_assignees', 'labels', 'record_labels', 'search_documents', 'search_tokens']) expect([table, after[table]]).toEqual([table, before[table]])
    await expect(undo(id)).rejects.toMatchObject({ status: 409 })
  })

  test('keeps what was edited or used since, names each, and takes back the rest', async () => {
    const rows = Array.from({ length: 10 }, (_, at) => `Row ${at + 1}`).join('\n')
    const { id, undo, read } = await bringIn(`Title\n${rows}\n`)
    const tasks = await withTenant(member, ({ tx }) => tx.task.findMany({ where: { projectId }, orderBy: { number: 'asc' } }))
    for (const task of tasks.slice(0, 3)) await withTenant(member, (scope) => updateTask(scope, { id: task.id, version: 1, title: `${task.title} changed`, description: '', priority: 'low', dueOn: null, estimate: null, assignees: [], labels: [] }))
    await withTenant(member, (scope) => createTaskComment(scope, { taskId: tasks[3]!.id, body: 'In use' }))
    const link = (by: Member, taskId: string, otherId: string) => withTenant(by, (scope) => linkTasks(scope, { taskId, otherId, relation: 'about', isReversed: false }))
    await link(member, tasks[0]!.id, tasks[4]!.id)
    // A mark that only its owner sees keeps nothing, nor does a link from where the member sees nothing.
    const hidden = await makeTask(organization.owner, (await makeProject(organization.owner, { visibility: 'private' })).id)
    await link(organization.owner, hidden.id, tasks[8]!.id)
    const own = await withTenant(organization.owner, (scope) => createLabel(scope, { name: `own ${id}`.slice(0, 40), colour: '#475569', isPersonal: true }))
    await withTenant(organization.owner, ({ tx, member: { userId } }) => tx.recordLabel.createMany({ data: [{ labelId: own.id, entityKind: 'task', entityId: tasks[9]!.id, containerId: projectId, ownerUserId: userId }] }))
    expect(await undo(id)).toMatchObject({ result: { reversed: 5, keptEdited: 3, keptInUse: 2, undoFailed: 0 } })
    expect((await read(id)).status).toBe('partly_undone')
    expect((await withTenant(member, (scope) => listKeptRows(scope, id))).map(({ line, undoOutcome, undoReason }) => [line, undoOutcome, undoReason])).toEqual([
      [2, 'kept_edited', 'It was changed after the import.'], [3, 'kept_edited', 'It was changed after the import.'],
      [4, 'kept_edited', 'It was changed after the import.'], [5, 'kept_in_use', 'It has a comment.'], [6, 'kept_in_use', 'It is linked to another task.'],
    ])
    expect(await titles()).toHaveLength(5)
  })

  test('whatever can hang on a task keeps it or goes with it: every foreign key of the catalog is one or the other', async () => {
    const tables = await asSetup<{ name: string }>(`SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f' AND confrelid = 'public.tasks'::regclass`)
    expect(tables.map(({ name }) => name).sort()).toEqual([...KEEPING_TABLES, ...GOING_TABLES].sort())
  })

  test('what hangs on a task in each of those tables keeps it, and is named', async () => {
    const hang: Record<string, (taskId: string, otherId: string) => Promise<unknown>> = {
      comments: (taskId) => withTenant(member, (scope) => createTaskComment(scope, { taskId, body: 'In use' })),
      attachments: (id) => asSetup(
        `INSERT INTO attachments (tenant_id, id, entity_kind, entity_id, container_id, file_name, mime, size_bytes, sha256, storage_key) VALUES ($1, gen_random_uuid(), 'task', $2, $3, 'plan.pdf', 'application/pdf', 1, decode(repeat('00', 32), 'hex'), $4)`,
        [organization.tenantId, id, projectId, newFileKey(organization.tenantId)],
      ),
      tasks: (parentId) => makeTask(member, projectId, { parentId, title: 'Part' }),
      record_links: (taskId, otherId) => withTenant(member, (scope) => linkTasks(scope, { taskId, otherId, relation: 'about', isReversed: false })),
      context_entries: (placeId) => withTenant(member, (scope) => writeEntry(scope, { level: 'task', placeId, section: 'Insights', data: { A: 'b' }, inherits: true, version: 0 })),
      context_delegations: (id) => asSetup(
        `INSERT INTO context_delegations (tenant_id, id, project_id, from_level, from_task_id, to_level, section, data, reason) VALUES ($1, gen_random_uuid(), $2, 'task', $3, 'project', 'Insights', '{"A":"b"}', 'Why')`,
        [organization.tenantId, projectId, id],
      ),
      task_status_changes: (id) => asSetup(
        `INSERT INTO task_status_changes (tenant_id, id, project_id, task_id, from_status, to_status, actor_user_id) VALUES ($1, gen_random_uuid(), $2, $3, 'todo', 'in_progress', $4)`,
        [organization.tenantId, projectId, id, member.userId],
      ),
      task_dependencies: (dependsOnId, taskId) => withTenant(member, (scope) => addDependency(scope, { taskId, dependsOnId })),
      task_progress: (id) => asSetup(`INSERT INTO task_progress (tenant_id, id, project_id, task_id, seq, author_user_id, body) VALUES ($1, gen_random_uuid(), $2, $3, 1, $4, 'Half')`, [organization.tenantId, projectId, id, member.userId]),
      idea_tasks: (id) => asSetup(
        `WITH i AS (INSERT INTO ideas (tenant_id, id, author_user_id, owner_user_id, title, body, status) VALUES ($1, gen_random_uuid(), $4, $4, 'Idea', '', 'draft') RETURNING id) INSERT INTO idea_tasks (tenant_id, id, idea_id, project_id, task_id) SELECT $1, gen_random_uuid(), i.id, $2, $3 FROM i`,
        [organization.tenantId, projectId, id, member.userId],
      ),
      refused_attempts: (id) => asSetup(
        `INSERT INTO refused_attempts (tenant_id, id, project_id, task_id, user_id, what, hour) VALUES ($1, gen_random_uuid(), $2, $3, $4, 'open', date_trunc('hour', now()))`,
        [organization.tenantId, projectId, id, member.userId],
      ),
      task_moves: async (id) => asSetup(
        `INSERT INTO task_moves (tenant_id, id, from_container_id, from_number, to_container_id, task_id) VALUES ($1, gen_random_uuid(), $2, 7, $3, $4)`,
        [organization.tenantId, (await makeProject(organization.owner)).id, projectId, id],
      ),
    }
    expect(Object.keys(hang).sort()).toEqual([...KEEPING_TABLES].sort())
    const names = Object.keys(hang)
    const { id, undo } = await bringIn(`Title\n${[...names, 'free'].join('\n')}\n`)
    const other = await makeTask(member, projectId, { title: 'Another' })
    const tasks = await withTenant(member, ({ tx }) => tx.task.findMany({ where: { projectId, title: { in: names } } }))
    for (const task of tasks) await hang[task.title]!(task.id, other.id)
    expect(await undo(id)).toMatchObject({ status: 'succeeded', result: { reversed: 1, keptInUse: names.length, keptEdited: 0, undoFailed: 0 } })
    expect(Object.fromEntries((await withTenant(member, (scope) => listKeptRows(scope, id))).map(({ label, undoReason }) => [label, undoReason]))).toEqual({
      comments: 'It has a comment.', attachments: 'A file is attached to it: plan.pdf', tasks: 'It has the subtask Part.',
      record_links: 'It is linked to another task.', context_entries: 'Something is noted in its notebook.',
      context_delegations: 'Something of its notebook was passed on.', task_status_changes: 'It was moved.',
      task_dependencies: 'Another waits for it.', task_progress: 'Something was reported on it.', idea_tasks: 'It is named as made of an idea.',
      refused_attempts: 'Somebody was refused it, which stays on record.', task_moves: 'It was brought here from another project.',
    })
  })

  test('left half, by an owner too, although the job is its requester’s; and an undo that failed for an admin is taken up again', async () => {
    const { id, undo, read } = await bringIn()
    const job = async (status: string) => void (await asSetup(`UPDATE jobs SET status = $2, finished_at = CASE $2 WHEN 'running' THEN NULL ELSE now() END WHERE id = $1`, [(await read(id)).options.job, status]))
    await asSetup(`UPDATE import_batches SET status = 'applying' WHERE id = $1`, [id])
    const admin = importSteps(await organization.add('admin'))
    await job('running')
    await asSetup(`UPDATE jobs SET locked_until = now() + interval '1 minute' WHERE id = $1`, [(await read(id)).options.job])
    await expect(admin.undo(id)).rejects.toMatchObject({ code: 'not_applied' })
    await job('failed')
    await expect(withTenant(await organization.add('viewer'), ({ tx }) => tx.$queryRaw`SELECT kernel.import_job_is_over(${id}::uuid)`)).rejects.toThrow('this takes the role')
    expect(await admin.undo(id)).toMatchObject({ status: 'succeeded', result: { reversed: 3 } })
    await asSetup(`UPDATE import_batches SET status = 'undoing', undone_at = NULL WHERE id = $1`, [id])
    await job('failed')
    expect(await undo(id)).toMatchObject({ status: 'succeeded', result: { reversed: 3 } })
  })

  test('whoever may write its rows no more is told so, instead of going round for ever; an admin takes it back then', async () => {
    const leaver = await organization.add('member')
    const { id } = await bringIn('Title\nOne\n', leaver)
    const [task] = await withTenant(leaver, ({ tx }) => tx.task.findMany({ where: { projectId } }))
    await asSetup('UPDATE tasks SET version = 2 WHERE id = $1', [task!.id])
    const started = await withTenant(leaver, (scope) => undoImport(scope, id))
    await asSetup(`UPDATE memberships SET role = 'viewer' WHERE user_id = $1`, [leaver.userId])
    while (await runDueJob()) continue
    expect(await asSetup('SELECT status, error FROM jobs WHERE id = $1', [started])).toEqual([{ status: 'failed', error: 'Not all that this import has made is yours to take back any more.' }])
    expect(await importSteps(await organization.add('admin')).undo(id)).toMatchObject({ status: 'succeeded', result: { keptEdited: 1 } })
  })

  test('of two people who bring in the same file at once one does, and neither waits for the other for ever: ten times', async () => {
    const colleague = await organization.add('member')
    for (let round = 0; round < 10; round++) {
      projectId = (await makeProject(organization.owner)).id
      const batches = [] as { by: Member; id: string }[]
      for (const by of [member, colleague]) {
        const { upload, check } = importSteps(by)
        const { id, mapping } = await upload(`Title\nRound ${round}\n`, { into: projectId })
        await check(id, mapping)
        batches.push({ by, id })
      }
      const both = await Promise.allSettled(batches.map(({ by, id }) => withTenant(by, (scope) => applyImport(scope, { id, mode: 'skip_failed' }))))
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 409, code: 'imported_before' } })
    }
  })

  test('unmake_tasks takes only tasks of the requester, named by rows of this very batch, while it is being undone', async () => {
    const [mine, elsewhere] = [await bringIn(), await bringIn('Title\nOther batch\n')]
    const strangers = await makeTask(organization.owner, projectId, { title: 'Stranger’s' })
    const ids = async (batch: string) => (await asSetup<{ target_id: string }>(`SELECT target_id FROM import_rows WHERE import_batch_id = $1 AND outcome = 'created' ORDER BY line`, [batch])).map(({ target_id: target }) => target)
    const [own, other] = [await ids(mine.id), await ids(elsewhere.id)]
    await asSetup('UPDATE import_rows SET target_id = $2 WHERE import_batch_id = $1 AND target_id = $3', [mine.id, strangers.id, own[0]])
    const unmake = (by: Member, tasks: string[]) => withTenant(by, async (scope) => {
      const { tx } = scope
      await tx.taskAssignee.deleteMany({ where: { taskId: { in: tasks } } })
      await removeFromIndex(scope, 'task', tasks)
      return (await tx.$queryRaw<{ id: string }[]>`SELECT kernel.unmake_tasks(${mine.id}::uuid, ${tasks}::uuid[]) AS id`).map(({ id }) => id)
    })
    expect(await unmake(member, own)).toEqual([])
    await asSetup(`UPDATE import_batches SET status = 'undoing' WHERE id = $1`, [mine.id])
    expect(await unmake(member, [strangers.id, other[0]!, own[0]!])).toEqual([])
    await expect(unmake(await organization.add('viewer'), own)).rejects.toThrow('this takes the role')
    expect(await unmake(stranger, own)).toEqual([])
    expect((await unmake(member, own)).toSorted()).toEqual(own.slice(1).toSorted())
  })

  test('by whoever brought it in, or an admin; not by a colleague, not after thirty days', async () => {
    const { id, undo } = await bringIn()
    await expect(importSteps(await organization.add('manager')).undo(id)).rejects.toMatchObject({ status: 403 })
    await asSetup(`UPDATE import_batches SET applied_at = now() - interval '31 days' WHERE id = $1`, [id])
    await expect(undo(id)).rejects.toMatchObject({ code: 'too_late' })
    await asSetup(`UPDATE import_batches SET applied_at = now() WHERE id = $1`, [id])
    expect(await importSteps(await organization.add('admin')).undo(id)).toMatchObject({ status: 'succeeded', result: { reversed: 3 } })
  })
})
