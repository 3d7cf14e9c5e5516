import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { readSmallExport } from '@/lib/exports/exports'
import { FORMATS, write } from '@/lib/exports/formats'
import { EXPORT_LISTS } from '@/lib/exports/lists'
import { createLabel } from '@/lib/labels/labels'
import { ensureLabels } from '@/lib/labels/many-labels'
import { createLabelSchema } from '@/lib/labels/schema'
import { readCycleTimes } from '@/lib/reports/cycle-time'
import { listCompleted } from '@/lib/reports/digest'
import { readWeeks } from '@/lib/reports/weeks'
import { listCompletions } from '@/lib/tasks/completions'
import { importSteps } from '@/lib/testing/bring-in'
import { asSetup } from '@/lib/testing/make-person'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { useOwnDatabase } from '@/lib/testing/own-database'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { listFailedRows } from './batches'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-ties-'))
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization
let manager: Member
let project: { id: string; key: string }
beforeAll(async () => {
  database = await useOwnDatabase()
  Object.assign(env(), { FILES_DIRECTORY: directory })
  vi.spyOn(console, 'info').mockImplementation(() => {})
  organization = await makeOrganization()
  manager = await organization.add('manager')
})
beforeEach(async () => {
  project = await freshProject()
})
afterAll(async () => {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
})

async function freshProject() {
  const { id } = await makeProject(organization.owner)
  return withTenant(organization.owner, ({ tx }) => tx.project.findFirstOrThrow({ where: { id } }))
}

async function bringIn(content: string | Buffer, { by = manager, into = project.id, name = 'list.csv' } = {}) {
  const steps = importSteps(by)
  const { id, mapping } = await steps.upload(content, { into, name })
  const check = await steps.check(id, mapping)
  const job = await steps.apply(id)
  expect(job.result).toMatchObject({ created: check.result!.created, failed: check.result!.failed })
  return { ...steps, id, mapping, job, failed: (await withTenant(by, (scope) => listFailedRows(scope, id))).map(({ line, message }) => [line, message]) }
}

const exported = (of = project.id) => withTenant(manager, async (scope) => (await readSmallExport(scope, 'tasks', { project: of, sort: 'created' }))!.rows)

/** Everything that a file says of a task; numbers of other projects read as they would here. */
const plan = async (of = project) => (await exported(of.id)).reverse().map(({ project: _, created: __, updated: ___, ...row }) => JSON.parse(JSON.stringify(row).replaceAll(`${of.key}-`, 'KEY-')) as Record<string, unknown>)

const PLAN = `Key;Summary;Status;Estimate;Assignee;Sprint;Goal;Epic Link;Blocked by;Progress;Blocked because;Completion summary;Testing notes
A-3;Write;In progress;1h 30m;;Texts;Launch;A-1;;40;;;
A-1;Page;In progress;;The manager;Texts;Launch;;A-4;;;;
A-2;Design;Done;4h;;;Launch;A-1;;;;Drawn twice, the second stands.;On a phone
A-4;Agree;Blocked;;;Talks;;;Print;;The printer is away;;
A-5;Print;To do;;;Talks;;;;;;;
`

describe('rows that name each other', () => {
  test('subtasks, dependencies, workstreams and goals come in, in whatever order they stand', async () => {
    const { failed } = await bringIn(PLAN)
    expect(failed).toEqual([])
    expect(await plan()).toMatchObject([
      { number: 'KEY-1', title: 'Write', parent: 'KEY-2', workstream: 'Texts', goal: 'Launch', progress: 40, estimate: '1h 30m' },
      // The mean of its subtasks.
      { number: 'KEY-2', title: 'Page', parent: null, dependsOn: 'KEY-4', progress: 70, assignees: 'The manager' },
      { number: 'KEY-3', title: 'Design', parent: 'KEY-2', completionSummary: 'Drawn twice, the second stands.', testingNotes: 'On a phone', progress: 100 },
      { number: 'KEY-4', title: 'Agree', dependsOn: 'KEY-5', blockedReason: 'The printer is away', workstream: 'Talks' }, { number: 'KEY-5', title: 'Print', workstream: 'Talks' },
    ])
    expect(await withTenant(manager, async ({ tx }) => [await tx.workstream.count({ where: { projectId: project.id } }), await tx.goal.count({ where: { projectId: project.id } })])).toEqual([2, 1])
  })

  test.each(FORMATS)('what is exported as %s gives the same tasks, with all that joins them', async (format) => {
    await bringIn(PLAN)
    const before = await plan()
    const content = await buffer(write(format, EXPORT_LISTS.tasks.columns, (async function* () { yield (await exported()).reverse() })(), 'Tasks'))
    project = await freshProject()
    const { failed } = await bringIn(content, { name: `tasks.${format}` })
    expect([failed, await plan()]).toEqual([[], before])
  })

  test.each(FORMATS)('names with a comma, a semicolon or quotes come back from %s as they were, and nobody is shown a personal label', async (format) => {
    const names = ['roof, slate', '5" pipe', 'a;b|c', '"so-called"', '=1+1, -2', 'plain']
    const comma = await organization.add('member')
    await asSetup('UPDATE memberships SET display_name = $2 WHERE user_id = $1', [comma.userId, `Doe, ${format}`])
    const labels = await withTenant(manager, async (scope) => [...(await ensureLabels(scope, names)).ids.values(), (await createLabel(scope, createLabelSchema.parse({ name: `mine ${format}`, isPersonal: 'true' }))).id])
    for (const title of ['First, of two', 'Second']) await makeTask(manager, project.id, { title, labels, assignees: [comma.userId] })
    const [before, content] = [await plan(), await buffer(write(format, EXPORT_LISTS.tasks.columns, (async function* () { yield (await exported()).reverse() })(), 'Tasks'))]
    project = await freshProject()
    const { failed } = await bringIn(content, { name: `tasks.${format}` })
    expect([failed, await plan()]).toEqual([[], before])
    const made = await withTenant(manager, async ({ tx }) => tx.recordLabel.findMany({ where: { containerId: project.id }, include: { label: true } }))
    expect([made.length, made.some(({ label }) => label.name.startsWith('mine'))]).toEqual([2 * names.length, false])
  })

  test('what was done on a day that no file says is done, and was finished in no week', async () => {
    await bringIn('Title;Status;Completed\nOnce;Done;\nKnown;Done;2026-03-05\n')
    expect(await plan()).toMatchObject([{ title: 'Once', status: 'Done', progress: 100, completed: null }, { title: 'Known', completed: '2026-03-05T00:00:00.000Z' }])
    const filter = { project: project.id, period: '52w' as const }
    const shown = await withTenant(manager, async (scope) => ({ weeks: await readWeeks(scope, filter), cycles: await readCycleTimes(scope, filter), log: await listCompleted(scope, filter), last: await listCompletions(scope, project.id) }))
    expect([shown.weeks.at(-1)!.done, shown.weeks.reduce((sum, { finished }) => sum + finished, 0), shown.cycles.all.neverBegun]).toEqual([2, 1, 1])
    expect([shown.log, shown.last].map((list) => list.map(({ title }) => title))).toEqual([['Known'], ['Known']])
  })

  test('what was archived is done when the file says on which day, else cancelled, and never done later', async () => {
    const file = 'Title;Status;Completed;Parent\nWhole;To do;;\nDropped;Cancelled;;Whole\nFiled;Archived;;Whole\nBuilt;Archived;2026-03-04;Whole\nLeft;To do;;Whole\nShipped;Done;2026-03-05;\n'
    const { failed } = await bringIn(file)
    expect(failed).toEqual([])
    const come = [
      { title: 'Whole', progress: 50 }, { title: 'Dropped', completed: null }, { title: 'Filed', completed: null, progress: 0, completionSummary: null },
      { title: 'Built', completed: '2026-03-04T00:00:00.000Z', progress: 100 }, { title: 'Left' },
      { title: 'Shipped', completed: '2026-03-05T00:00:00.000Z' },
    ]
    expect(await plan()).toMatchObject(come)
    const content = await buffer(write('csv', EXPORT_LISTS.tasks.columns, (async function* () { yield (await exported()).reverse() })(), 'Tasks'))
    project = await freshProject()
    await bringIn(content)
    expect(await plan()).toMatchObject(come)
    const dropped = await withTenant(manager, ({ tx }) => tx.task.findFirstOrThrow({ where: { projectId: project.id, title: 'Dropped' } }))
    expect(dropped).toMatchObject({ status: 'cancelled', completedAt: null })
  })

  test('a circle fails row by row with its way, and what names a row that fails; the rest comes in', async () => {
    const { failed } = await bringIn('Title,Depends on,Parent\nOne,Two,\nTwo,Three,\nThree,One,\nFour,,One\nFive,Nobody,\nSix,,\nSeven,Six,\n')
    expect(failed.map(([line]) => line)).toEqual([2, 3, 4, 5, 6])
    expect(failed[0]![1]).toMatch(/^It would wait for itself: /)
    expect(failed[3]![1]).toBe('It names line 2, which does not come in.')
    expect((await plan()).map(({ title, dependsOn }) => [title, dependsOn])).toEqual([['Six', null], ['Seven', 'KEY-1']])
  })

  test('tasks that are there are named by key, by the number of an earlier import, or by title; those of another project are nobody', async () => {
    const other = await freshProject()
    const elsewhere = await makeTask(organization.owner, other.id, { title: 'Elsewhere' })
    await makeTask(organization.owner, project.id, { title: 'There' })
    await bringIn('Id,Title\nOLD-9,Earlier\n')
    const { failed } = await bringIn(`Title,Depends on,Parent\nA,${project.key}-1; old-9,\nB,Earlier,there\nC,${other.key}-${elsewhere.number},\nD,Elsewhere,\n`, { name: 'more.csv' })
    expect(failed.map(([line]) => line)).toEqual([4, 5])
    expect((await plan()).slice(2)).toMatchObject([{ title: 'A', dependsOn: 'KEY-1; KEY-2' }, { title: 'B', dependsOn: 'KEY-2', parent: 'KEY-1' }])
  })

  test('a member makes workstreams and no goals: rows that name a new one say so; with more than one portion no row may name another', async () => {
    const member = await organization.add('member')
    const { failed } = await bringIn('Title,Workstream,Goal\nA,Texts,\nB,,Unheard of\n', { by: member })
    expect(failed).toEqual([[3, 'This project has no goal called Unheard of, and your role does not make any.']])
    const many = `Title,Parent\n${Array.from({ length: 20_001 }, (_, at) => `T${at},`).join('\n')}\n`
    const steps = importSteps(manager)
    const { id, mapping } = await steps.upload(many, { into: project.id })
    await expect(steps.check(id, mapping)).rejects.toThrow('at most 20,000')
  }, 30_000)

  test('undone, subtasks go before their parents, and workstreams and goals that nothing hangs on', async () => {
    const { undo, id } = await bringIn(PLAN)
    expect(await undo(id)).toMatchObject({ result: { reversed: 5, keptInUse: 0, keptEdited: 0, undoFailed: 0 } })
    expect(await withTenant(manager, async ({ tx }) => [
      await tx.task.count({ where: { projectId: project.id } }), await tx.taskDependency.count({ where: { projectId: project.id } }),
      await tx.workstream.count({ where: { projectId: project.id } }), await tx.goal.count({ where: { projectId: project.id } }),
    ])).toEqual([0, 0, 0, 0])
  })
})

describe('columns of well-known trackers are understood', () => {
  test.each([
    [
      'Jira',
      'Summary,Issue key,Issue id,Issue Type,Status,Priority,Assignee,Due date,Story Points,Original estimate,Sprint,Epic Link,Parent,Inward issue link (Blocks)\nA,J-1,1,Bug,In Review,Highest,,,5,,S1,J-2,,\n',
      { title: 0, sourceId: 1, status: 4, priority: 5, assignees: 6, due: 7, estimate: 9, workstream: 10, parent: 11, dependsOn: 13 },
    ],
    [
      'Linear',
      'ID,Team,Title,Description,Status,Estimate,Priority,Project,Assignee,Labels,Cycle Number,Cycle Name,Due Date,Parent issue\nL-1,T,A,,Backlog,3,Urgent,P,,,4,Cycle 4,,\n',
      { sourceId: 0, title: 2, description: 3, status: 4, priority: 6, assignees: 8, labels: 9, workstream: 11, due: 12, parent: 13 },
    ],
    [
      'Asana', 'Task ID,Name,Section/Column,Assignee,Assignee Email,Due Date,Tags,Notes,Parent task,Blocked By (Dependencies)\n7,A,In progress,,,,,,,\n',
      { sourceId: 0, title: 1, status: 2, assignees: 4, due: 5, labels: 6, description: 7, parent: 8, dependsOn: 9 },
    ],
    ['Asana, by section', 'Task ID,Name,Section/Column\n7,A,Marketing\n', { sourceId: 0, title: 1, workstream: 2 }],
    ['Trello', 'Card ID,Card Name,Card Description,Labels,Members,Due Date,List Name\nc1,A,,,,,Doing\n', { sourceId: 0, title: 1, description: 2, labels: 3, assignees: 4, due: 5, status: 6 }],
  ])('%s', async (_, content, fields) => {
    const { mapping } = await importSteps(manager).upload(content, { into: project.id })
    expect(mapping.fields).toEqual(fields)
  })
})
