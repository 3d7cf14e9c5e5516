import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditFilterSchema, listAuditActions, listAuditEvents, listHistory } from '@/lib/audit/audit-list'
import { createTaskComment, listComments } from '@/lib/comments/comments'
import { listAttachments } from '@/lib/attachments/attachments'
import { Refusal } from '@/lib/errors'
import { readSmallExport } from '@/lib/exports/exports'
import { EXPORT_LISTS } from '@/lib/exports/lists'
import { newFileKey } from '@/lib/files/keys'
import { listBatches } from '@/lib/imports/batches'
import { INBOX_VIEWS, listInbox } from '@/lib/inbox/inbox'
import { listIdeas } from '@/lib/ideas/ideas'
import { createLabel, listLabels } from '@/lib/labels/labels'
import { findTasks } from '@/lib/links/candidates'
import { linkTasks, listLinks } from '@/lib/links/links'
import { listChanges } from '@/lib/live/changes'
import { listDelegations } from '@/lib/notebook/delegations'
import { writeEntry } from '@/lib/notebook/entries'
import { resolveNotebook } from '@/lib/notebook/resolve'
import { countUnread, listNotifications } from '@/lib/notifications/notifications'
import { operationOf } from '@/lib/operations/operations'
import { listProjectChoices, listProjects } from '@/lib/projects/projects'
import { reportFilterSchema } from '@/lib/reports/filter'
import { readMyWork } from '@/lib/reports/my-work'
import { findPlaces } from '@/lib/search/places'
import { findRecords } from '@/lib/search/search'
import { listSuggestions } from '@/lib/suggestions/suggestions'
import { readBoard } from '@/lib/tasks/board'
import { readCalendar } from '@/lib/tasks/calendar'
import { addDependency, listDependencies } from '@/lib/tasks/dependencies'
import { readGroups } from '@/lib/tasks/grouped'
import { nextTask } from '@/lib/tasks/next-task'
import { listReports, reportProgress } from '@/lib/tasks/progress'
import { GROUPS, listTasks, taskFilterSchema } from '@/lib/tasks/task-list'
import { deleteTasks, findTask, getTask } from '@/lib/tasks/tasks'
import { listTrash } from '@/lib/tasks/trash'
import { readTimeline } from '@/lib/tasks/timeline'
import { readWorkload } from '@/lib/tasks/workload'
import { keepAsTemplate, listTemplates } from '@/lib/templates/templates'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'

const TODAY = new Date().toISOString().slice(0, 10)
const MONTH = `${TODAY.slice(0, 7)}-01`
const filter = (given: object = {}) => taskFilterSchema.parse(given)
const reports = reportFilterSchema.parse({})
let organization: TestOrganization
let shared: { id: string; slug: string }
let label: { id: string }

const rowsOf = async (scope: Scope, key: string, project?: string) => (await readSmallExport(scope, key, project ? { project } : {}))?.rows

type Surface = (scope: Scope) => Promise<unknown>
/** Everywhere where tasks are listed, counted, offered or told, without naming one. */
const SURFACES: Record<string, Surface> = {
  list: (scope) => listTasks(scope, filter(), { today: TODAY }), 'list by label': (scope) => listTasks(scope, filter({ label: label.id }), { today: TODAY }), 'list of nobody': (scope) => listTasks(scope, filter({ assignee: 'nobody' }), { today: TODAY }),
  count: async ({ tx }) => [await tx.task.count(), await tx.taskAssignee.count(), await tx.taskDependency.count(), await tx.taskStatusChange.count(), await tx.taskProgress.count(), await tx.recordLabel.count(), await tx.recordLink.count(), await tx.comment.count(), await tx.searchDocument.count(), await tx.searchToken.count()],
  ...Object.fromEntries(GROUPS.map((group) => [`groups by ${group}`, (scope: Scope) => readGroups(scope, { ...filter(), group }, { today: TODAY })])),
  calendar: (scope) => readCalendar(scope, filter(), { month: MONTH, today: TODAY }), workload: (scope) => readWorkload(scope, TODAY), 'my work': (scope) => readMyWork(scope, reports), 'next task': (scope) => nextTask(scope, { person: scope.member.userId }, TODAY),
  search: (scope) => findRecords(scope, 'secret'), 'search with a slip': (scope) => findRecords(scope, 'secert'), palette: async (scope) => findPlaces(scope, (await findRecords(scope, 'secret hideout', { limit: 20 })).hits), 'choice of tasks': (scope) => findTasks(scope, 'secret'), 'choice of projects': listProjectChoices,
  projects: (scope) => listProjects(scope, { today: TODAY }), labels: listLabels, trash: (scope) => listTrash(scope), templates: (scope) => listTemplates(scope), ideas: (scope) => listIdeas(scope), 'delegations of everybody': (scope) => listDelegations(scope, null), 'notebook of everybody': (scope) => resolveNotebook(scope, { level: 'organization', placeId: '' }),
  ...Object.fromEntries(INBOX_VIEWS.map((view) => [`inbox, ${view}`, (scope: Scope) => listInbox(scope, view)])),
  notifications: (scope) => listNotifications(scope), unread: countUnread, 'live changes': async (scope) => (await listChanges(scope)).projects, imports: listBatches,
  history: (scope) => listAuditEvents(scope, auditFilterSchema.parse({})), 'history, its words': listAuditActions,
  ...Object.fromEntries(Object.keys(EXPORT_LISTS).filter((key) => key !== 'access').map((key) => [`export of ${key}`, (scope: Scope) => rowsOf(scope, key)])),
  ...Object.fromEntries(['list_projects', 'list_ideas', 'list_templates'].map((name) => [`tool ${name}`, (scope: Scope) => operationOf(name).perform(scope, {})])),
  'tool list_tasks': (scope) => operationOf('list_tasks').perform(scope, {}), 'tool next_task': (scope) => operationOf('next_task').perform(scope, {}), 'tool search': (scope) => operationOf('search').perform(scope, { query: 'secret' }),
}

type Place = { projectId: string; slug: string; number: number; taskId: string; key: string }
/** Everywhere where a task, or the project that it is in, is named. */
const NAMING: Record<string, (scope: Scope, place: Place) => Promise<unknown>> = {
  page: (scope, { slug, number }) => getTask(scope, slug, number), 'by id': (scope, { taskId }) => findTask(scope, taskId),
  board: (scope, { projectId }) => readBoard(scope, filter(), { projectId, today: TODAY }), 'list of the project': (scope, { projectId }) => listTasks(scope, filter(), { projectId, today: TODAY }), timeline: (scope, { projectId }) => readTimeline(scope, filter(), { projectId, today: TODAY, zoom: 'month' }),
  'calendar of the project': (scope, { projectId }) => readCalendar(scope, filter(), { month: MONTH, today: TODAY, projectId }), 'reports of the project': (scope, { projectId }) => rowsOf(scope, 'held', projectId), 'weeks of the project': (scope, { projectId }) => rowsOf(scope, 'weeks', projectId),
  'export of the project': (scope, { projectId }) => rowsOf(scope, 'tasks', projectId), 'report of readers': (scope, { projectId }) => rowsOf(scope, 'access', projectId), suggestions: (scope, { projectId }) => listSuggestions(scope, projectId), 'templates of the project': (scope, { projectId }) => listTemplates(scope, { projectId }),
  link: (scope, { taskId, projectId }) => listLinks(scope, { id: taskId, projectId }), 'link to it': async (scope, { taskId }) => linkTasks(scope, { taskId: (await scope.tx.task.findFirst({ where: { projectId: shared.id } }))?.id ?? uuidv7(), otherId: taskId, relation: 'about', isReversed: false }),
  dependencies: (scope, { taskId, projectId }) => listDependencies(scope, { id: taskId, projectId }), 'waiting for it': async (scope, { taskId }) => addDependency(scope, { taskId: (await scope.tx.task.findFirst({ where: { projectId: shared.id } }))?.id ?? uuidv7(), dependsOnId: taskId }),
  'reports on it': (scope, { taskId, projectId }) => listReports(scope, { id: taskId, projectId }), comments: (scope, { taskId }) => listComments(scope, 'task', taskId), files: (scope, { taskId }) => listAttachments(scope, 'task', taskId), 'its history': (scope, { taskId }) => listHistory(scope, 'task', taskId),
  notebook: (scope, { taskId }) => resolveNotebook(scope, { level: 'task', placeId: taskId }), 'choice by key': (scope, { key, number }) => findTasks(scope, `${key}-${number}`), 'delegations of the project': (scope, { projectId }) => listDelegations(scope, projectId),
  'kept as a template': (scope, { taskId }) => keepAsTemplate(scope, { taskId, name: 'Copy', isShared: true }), 'into the trash': (scope, { taskId }) => deleteTasks(scope, [taskId]),
  'tool get_task': (scope, { taskId }) => operationOf('get_task').perform(scope, { task: taskId }), 'tool get_task by key': (scope, { key, number }) => operationOf('get_task').perform(scope, { task: `${key}-${number}` }),
}

const ROLLED_BACK = new Error('rolled back')
/** What is answered, or the refusal in full; nothing that is written by asking stays. */
async function answer(by: Member, surface: Surface): Promise<unknown> {
  let value: unknown
  await withTenant(by, async (scope) => {
    value = await surface(scope)
    throw ROLLED_BACK
  }).catch((error: unknown) => {
    if (error === ROLLED_BACK) return
    if (!(error instanceof Refusal)) throw error
    value = { refused: error.status, code: error.code, message: error.message, detail: error.detail }
  })
  return JSON.parse(JSON.stringify(value ?? null, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part))) as unknown
}
async function walk(by: Member): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  for (const [name, surface] of Object.entries(SURFACES)) answers[name] = await answer(by, surface)
  return answers
}

let hider: Member
let asked: Record<string, Member>
let before: Record<string, Record<string, unknown>>
let hidden: Place
beforeAll(async () => {
  organization = await makeOrganization()
  hider = await organization.add('member')
  asked = { owner: organization.owner, admin: await organization.add('admin'), member: await organization.add('member'), 'another organization': (await makeOrganization()).owner }
  const { id } = await makeProject(organization.owner, { name: 'Open house' })
  shared = await withTenant(organization.owner, ({ tx }) => tx.project.findFirstOrThrow({ where: { id }, select: { id: true, slug: true } }))
  label = await withTenant(organization.owner, (scope) => createLabel(scope, { name: 'known', colour: '#475569', isPersonal: false }))
  await makeTask(organization.owner, shared.id, { title: 'Seen by all', labels: [label.id], dueOn: TODAY })
  before = {}
  for (const [name, by] of Object.entries(asked)) before[name] = await walk(by)
  hidden = await hide()
}, 120_000)
afterAll(closeConnections)

/** A private task on which hangs all that can hang on one. */
async function hide(): Promise<Place> {
  const { id: projectId } = await makeProject(hider, { name: 'Secret hideout', visibility: 'private' })
  const task = await makeTask(hider, projectId, { title: 'Secret door', description: 'Secret words', labels: [label.id], assignees: [hider.userId], dueOn: TODAY, priority: 'critical', estimate: '2h' })
  const other = await makeTask(hider, projectId, { title: 'Secret key', dueOn: TODAY })
  await makeTask(hider, projectId, { title: 'Secret errand', priority: 'critical' })
  const trashed = await makeTask(hider, projectId, { title: 'Secret rubbish' })
  await withTenant(hider, async (scope) => {
    await addDependency(scope, { taskId: other.id, dependsOnId: task.id })
    await reportProgress(scope, { taskId: task.id, body: 'Secret progress', percent: 10 })
    await scope.tx.attachment.createMany({ data: [{ entityKind: 'task', entityId: task.id, containerId: projectId, fileName: 'secret.txt', mime: 'text/plain', sizeBytes: 1, sha256: Buffer.alloc(32), storageKey: newFileKey(organization.tenantId) }] })
    await createTaskComment(scope, { taskId: task.id, body: 'Secret remark', mentions: [hider.userId] })
    await linkTasks(scope, { taskId: task.id, otherId: (await scope.tx.task.findFirstOrThrow({ where: { projectId: shared.id } })).id, relation: 'about', isReversed: false })
    await writeEntry(scope, { level: 'task', placeId: task.id, section: 'Secrets', data: { A: 'secret' }, inherits: true, version: 0 })
    await keepAsTemplate(scope, { taskId: task.id, name: 'Secret pattern', isShared: false })
    await deleteTasks(scope, [trashed.id])
    await operationOf('move_task').perform(scope, { task: task.id, to: 'in_progress' })
    await operationOf('block_task').perform(scope, { task: task.id, reason: 'Secret reason' })
    await operationOf('delegate_context').perform(scope, { from: { level: 'task', id: task.id }, to: 'project', section: 'Secrets', data: { A: 'secret' }, reason: 'Secret' })
    await operationOf('create_workstream').perform(scope, { project: projectId, name: 'Secret stream' })
    await operationOf('suggest_plan').perform(scope, { project: projectId })
  })
  const { slug, key } = await withTenant(hider, ({ tx }) => tx.project.findFirstOrThrow({ where: { id: projectId } }))
  return { projectId, slug, key, taskId: task.id, number: task.number }
}

// Owners and admins read that something happened in private, by whom and when, and no word of it (core.md, History).
const OF_THE_HISTORY = ['history', 'history, its words', 'export of audit', 'its history']
const isTold = (by: Member, name: string) => ['owner', 'admin'].includes(by.role) && by.tenantId === organization.tenantId && OF_THE_HISTORY.includes(name)

test('a private task changes nothing of what anybody else is shown: every list, count, search, report, file, notice and tool answers as if it did not exist', async () => {
  for (const [name, by] of Object.entries(asked)) {
    const now = await walk(by)
    for (const surface of Object.keys(SURFACES).filter((one) => !isTold(by, one))) expect([name, surface, now[surface]]).toEqual([name, surface, before[name]![surface]])
    expect(JSON.stringify(now).toLowerCase()).not.toContain('secret')
  }
})

test('whoever names it is told what they would be told of nothing', async () => {
  for (const [who, by] of Object.entries(asked)) {
    for (const [name, surface] of Object.entries(NAMING)) {
      const nowhere: Place = { projectId: uuidv7(), slug: 'no-such-place', key: 'NSP', taskId: uuidv7(), number: hidden.number }
      const here = await answer(by, (scope) => surface(scope, hidden))
      if (!isTold(by, name)) expect([who, name, here]).toEqual([who, name, await answer(by, (scope) => surface(scope, nowhere))])
      expect(JSON.stringify(here).toLowerCase(), `${who}: ${name}`).not.toContain('secret')
    }
  }
})

test('each of these surfaces would show it: to its own people it does', async () => {
  const shown = await walk(hider)
  const others = await walk(asked.member!)
  // What tells of other things, what is for other roles, and what nothing of this kind has happened for.
  const silent = ['labels', 'ideas', 'imports', 'delegations of everybody', 'notebook of everybody', 'history', 'history, its words', 'export of audit', 'inbox, people', 'inbox, told', 'inbox, snoozed', 'notifications', 'unread', ...['labels', 'members', 'ideas', 'cycle-times', 'completed'].map((key) => `export of ${key}`), 'tool list_ideas']
  expect(Object.keys(SURFACES).filter((name) => JSON.stringify(shown[name]) === JSON.stringify(others[name])).sort()).toEqual(silent.sort())
  // Nothing of one project waits for another's, whoever asks.
  for (const [name, surface] of Object.entries(NAMING).filter(([one]) => one !== 'waiting for it')) expect([name, await answer(hider, (scope) => surface(scope, hidden))]).not.toEqual([name, await answer(asked.member!, (scope) => surface(scope, hidden))])
})
