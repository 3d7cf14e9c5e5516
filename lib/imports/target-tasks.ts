import 'server-only'
import { z } from 'zod'
import { ask } from '@/lib/platform/ask'
import { deleteUnusedLabels } from '@/lib/labels/many-labels'
import { createTaskSchema } from '@/lib/tasks/schema'
import { PRIORITIES, PRIORITY_LABELS, STATUSES, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import { openTaskWriter, reserveNumbers, type NewTask } from '@/lib/tasks/many-tasks'
import { undoTasks } from '@/lib/tasks/undo-tasks'
import type { ImportTarget } from './targets'
import { PRIORITY_ALIASES } from './values'

export type TaskRow = NewTask
const STATUS_ALIASES: Partial<Record<Status, string[]>> = { todo: ['open', 'new', 'backlog', 'not started'], in_progress: ['doing', 'started', 'active', 'wip'], review: ['in review'], testing: ['qa', 'in testing'], done: ['closed', 'complete', 'completed', 'finished', 'resolved'], cancelled: ['canceled', "won't do", 'dropped'] }
const LIST = /\s*[;|]\s*|\s*,\s*(?=\S)/

const rowSchema = createTaskSchema.pick({ title: true, description: true, priority: true, dueOn: true, estimate: true }).extend({ status: z.enum(STATUSES).default('todo') })

export const tasksTarget: ImportTarget<TaskRow> = {
  title: 'Tasks',
  module: 'projects',
  permission: 'tasks:create',
  into: 'project',
  fields: [
    { key: 'title', label: 'Title', required: true, aliases: ['name', 'task', 'summary', 'subject'], kind: 'text' },
    { key: 'description', label: 'Description', aliases: ['details', 'body', 'notes', 'text'], kind: 'text' },
    { key: 'status', label: 'Status', aliases: ['state', 'column', 'list'], kind: 'choice', choices: STATUSES.map((value) => ({ value, label: STATUS_LABELS[value], aliases: STATUS_ALIASES[value] })) },
    { key: 'priority', label: 'Priority', aliases: ['importance', 'severity'], kind: 'choice', choices: PRIORITIES.map((value) => ({ value, label: PRIORITY_LABELS[value], aliases: PRIORITY_ALIASES[value] })) },
    { key: 'due', label: 'Due', aliases: ['due date', 'due on', 'deadline'], kind: 'day' },
    { key: 'estimate', label: 'Estimate', hint: 'Such as 2h, 1h 30m, 3d, medium.', aliases: ['effort', 'time estimate', 'duration'], kind: 'text' },
    { key: 'assignees', label: 'Assignees', hint: 'Names or e-mail addresses, divided by ; or ,', aliases: ['assignee', 'assigned to', 'owner', 'responsible'], kind: 'text' },
    { key: 'labels', label: 'Labels', hint: 'Divided by ; or , New ones are made.', aliases: ['label', 'tags', 'tag', 'categories'], kind: 'text' },
    { key: 'sourceId', label: 'Number in the old system', hint: 'Kept with this import only.', aliases: ['id', 'number', 'key', 'issue key'], kind: 'text' },
  ],
  read: (values) => {
    const { title = '', description = '', status = '', priority = '', due = '', estimate = '', assignees = '', labels = '', sourceId = '' } = values
    const parsed = rowSchema.safeParse({ title, description, dueOn: due, estimate, ...(status && { status }), ...(priority && { priority }) })
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return { code: 'invalid', message: issue!.message, column: issue!.path[0] === 'dueOn' ? 'due' : String(issue!.path[0] ?? '') }
    }
    const names = listOf(labels)
    const long = names.find((name) => [...name].length > 40)
    if (long) return { code: 'invalid', message: `The label “${long.slice(0, 60)}” has more than 40 characters.`, column: 'labels' }
    return { row: { ...parsed.data, people: listOf(assignees), labelNames: names }, label: parsed.data.title, sourceId: sourceId.trim().slice(0, 200) || undefined }
  },
  // Addresses are the platform's: which member has one is asked before the transaction.
  lookUp: async ({ tenantId }, rows) => {
    const known = new Map<string, string | null>()
    for (const row of rows) {
      for (const [at, person] of row.people.entries()) {
        const address = person.toLowerCase()
        if (!address.includes('@')) continue
        if (!known.has(address)) known.set(address, (await ask<{ user_id: string }>('member_with_address($1, $2)', [tenantId, address]))[0]?.user_id ?? null)
        const userId = known.get(address)
        if (userId) row.people[at] = userId
      }
    }
  },
  reserve: (scope, containerId, count) => reserveNumbers(scope, containerId!, count),
  open: (scope, containerId, first) => openTaskWriter(scope, containerId!, first),
  undo: undoTasks,
  undoHelpers: async (scope, { labels = [] }) => void (await deleteUnusedLabels(scope, labels)),
}

const listOf = (text: string) => [...new Set(text.split(LIST).map((part) => part.trim()).filter(Boolean))].slice(0, 50)
