import { z } from 'zod'
import { splitNames } from '@/lib/exports/cells'
import type { NewTask } from '@/lib/tasks/many-tasks'
import { parseEstimate, PRIORITIES, PRIORITY_LABELS, STATUSES, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import { createTaskSchema } from '@/lib/tasks/schema'
import { line, optionalDay, paragraph } from '@/lib/text'
import type { ImportField, RowProblem } from './targets'
import { PRIORITY_ALIASES, plain, suggestChoice } from './values'

const STATUS_ALIASES: Partial<Record<Status, string[]>> = {
  todo: ['open', 'new', 'backlog', 'not started', 'selected for development', 'planned', 'ready', 'triage', 'up next'],
  in_progress: ['doing', 'started', 'active', 'wip', 'in development'], blocked: ['on hold', 'waiting', 'stuck'], review: ['in review', 'code review'],
  testing: ['qa', 'in testing', 'in qa'],
  done: ['closed', 'complete', 'completed', 'finished', 'resolved'], cancelled: ['canceled', "won't do", 'dropped', 'duplicate', "won't fix"],
}
const STATUS_CHOICES = STATUSES.map((value) => ({ value, label: STATUS_LABELS[value], aliases: STATUS_ALIASES[value] }))
// In some trackers the column of a board is the status, in others a line of work: what stands in it tells.
const COLUMNS = ['column', 'list', 'list name', 'section', 'section/column', 'bucket', 'group']
const isColumn = new Set(COLUMNS.map(plain))

/** What a task can be read from, with what such columns are called by well-known trackers, the surest name first. */
export const TASK_FIELDS: readonly ImportField[] = [
  { key: 'title', label: 'Title', required: true, aliases: ['summary', 'name', 'task', 'task name', 'card name', 'issue title', 'subject'], kind: 'text' },
  { key: 'description', label: 'Description', aliases: ['details', 'body', 'notes', 'text', 'card description', 'task content'], kind: 'text' },
  { key: 'status', label: 'Status', aliases: ['state', ...COLUMNS], kind: 'choice', choices: STATUS_CHOICES, fits: (values, name) => !isColumn.has(name) || values.some((value) => suggestChoice(value, STATUS_CHOICES) !== null) },
  { key: 'priority', label: 'Priority', aliases: ['importance', 'severity'], kind: 'choice', choices: PRIORITIES.map((value) => ({ value, label: PRIORITY_LABELS[value], aliases: PRIORITY_ALIASES[value] })) },
  { key: 'due', label: 'Due', aliases: ['due date', 'due on', 'deadline'], kind: 'day' },
  // Points are no time: a column of bare numbers is left alone.
  {
    key: 'estimate', label: 'Estimate', hint: 'Such as 2h, 1h 30m, 3d, medium.', aliases: ['effort', 'time estimate', 'original estimate', 'duration'],
    kind: 'text', fits: (values) => values.length === 0 || values.some((value) => parseEstimate(value) !== null),
  },
  { key: 'assignees', label: 'Assignees', hint: 'Names or e-mail addresses, divided by ; or , – one with a comma in quotes.', aliases: ['assignee email', 'assignee', 'assigned to', 'owner', 'responsible', 'members'], kind: 'text' },
  { key: 'labels', label: 'Labels', hint: 'Divided by ; or , – one with a comma in quotes. New ones are made.', aliases: ['label', 'tags', 'tag', 'categories'], kind: 'text' },
  { key: 'workstream', label: 'Workstream', hint: 'By its name in this project. New ones are made.', aliases: ['cycle name', 'cycle', 'sprint', 'milestone', 'project milestone', 'component', 'component/s', 'components', ...COLUMNS], kind: 'text' },
  { key: 'goal', label: 'Goal', hint: 'By its title in this project. New ones are made, by managers.', aliases: ['objective', 'initiative'], kind: 'text' },
  { key: 'sourceId', label: 'Number in the old system', hint: 'Kept with this import only. By it rows name each other.', aliases: ['issue key', 'key', 'id', 'number', 'task id', 'card id', 'identifier'], kind: 'text' },
  { key: 'parent', label: 'Parent task', hint: 'A row by its number or title, or a task of this project, such as KEY-12.', aliases: ['parent key', 'parent issue', 'parent id', 'epic link', 'parent', 'subtask of'], kind: 'text' },
  {
    key: 'dependsOn', label: 'Depends on', hint: 'Rows or tasks as with the parent, divided by ; or , – one with a comma in quotes.',
    aliases: ['blocked by', 'blocked by (dependencies)', 'dependencies', 'inward issue link (blocks)', 'waits for', 'predecessors'], kind: 'text',
  },
  { key: 'progress', label: 'Progress', hint: 'Percent.', aliases: ['% complete', 'percent complete', 'percent'], kind: 'text', fits: (values) => values.length === 0 || values.some((value) => percent.safeParse(value).success) },
  {
    key: 'completed', label: 'Completed', hint: 'The day. An archived task without one counts as cancelled.',
    aliases: ['completed at', 'completed on', 'done on', 'completion date'], kind: 'day',
    fits: (values) => values.every((value) => /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(value)),
  },
  { key: 'blockedReason', label: 'Blocked because', aliases: ['blocked reason', 'reason blocked', 'blocker'], kind: 'text' },
  { key: 'completionSummary', label: 'Completion summary', aliases: ['what was done', 'resolution summary', 'release note'], kind: 'text' },
  { key: 'testingNotes', label: 'Testing notes', aliases: ['test notes', 'testing', 'qa notes'], kind: 'text' },
]

const percent = z.string().regex(/^\d{1,3}(\.0+)?\s*%?$/, 'Write the progress as a number from 0 to 100.').transform((text) => Number.parseInt(text, 10)).refine((number) => number <= 100, 'Write the progress as a number from 0 to 100.')
const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema])

const rowSchema = createTaskSchema.pick({ title: true, description: true, priority: true, dueOn: true, estimate: true }).extend({
  status: z.enum(STATUSES).default('todo'),
  progress: z.string().transform((text) => text.trim()).pipe(z.union([z.literal('').transform(() => null), percent])),
  workstream: optional(line('A workstream', 120)),
  goal: optional(line('A goal', 200)),
  completedOn: optionalDay,
  blockedReason: paragraph('What blocks it', 1000),
  completionSummary: paragraph('The summary', 4000),
  testingNotes: paragraph('The notes on testing', 4000),
})

/** One row, alone. */
export function readTaskRow(values: Record<string, string>): { row: NewTask; label: string; sourceId?: string } | RowProblem {
  const { status = '', priority = '', due = '', completed = '', assignees = '', labels = '', sourceId = '', parent = '', dependsOn = '' } = values
  const text = Object.fromEntries(['title', 'description', 'estimate', 'progress', 'workstream', 'goal', 'blockedReason', 'completionSummary', 'testingNotes'].map((key) => [key, values[key] ?? '']))
  const parsed = rowSchema.safeParse({ ...text, dueOn: due, completedOn: completed, ...(status && { status }), ...(priority && { priority }) })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { code: 'invalid', message: messageOf(issue!), column: issue!.path[0] === 'dueOn' ? 'due' : issue!.path[0] === 'completedOn' ? 'completed' : String(issue!.path[0] ?? '') }
  }
  const names = splitNames(labels).slice(0, 50)
  const long = names.find((name) => [...name].length > 40)
  if (long) return { code: 'invalid', message: `The label “${long.slice(0, 60)}” has more than 40 characters.`, column: 'labels' }
  if ([parent, dependsOn].some((name) => name.includes('\0') || !name.isWellFormed())) return { code: 'invalid', message: 'This text has characters that cannot be stored.', column: 'parent' }
  return { row: { ...parsed.data, people: splitNames(assignees).slice(0, 50), labelNames: names, parent: parent.trim(), dependsOn: splitNames(dependsOn) }, label: parsed.data.title, sourceId: sourceId.trim().slice(0, 200) || undefined }
}

// Of a choice between nothing and something, what is wrong with the something.
function messageOf(issue: z.core.$ZodIssue): string {
  const last = issue.code === 'invalid_union' ? issue.errors.at(-1)?.[0] : undefined
  return last ? messageOf(last) : issue.message
}
