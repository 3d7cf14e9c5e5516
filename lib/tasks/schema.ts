import { z } from 'zod'
import { line, many, optionalDay, optionalId, paragraph, version } from '@/lib/text'
import { parseEstimate, PRIORITIES, STATUSES } from './rules'

const estimate = z
  .string()
  .max(60)
  .refine((text) => text.trim() === '' || parseEstimate(text) !== null, 'Write an estimate such as 2h, 1h 30m, 3d or "medium".')
  .transform((text) => (text.trim() === '' ? null : parseEstimate(text)))

const people = many(z.uuid('Choose people of the list.'), 50)
const labels = many(z.uuid('Choose labels of the list.'), 50)

const fields = {
  title: line('A title', 200),
  description: paragraph('The description', 2000),
  priority: z.enum(PRIORITIES, 'Choose a priority.'),
  dueOn: optionalDay,
  estimate,
  workstreamId: optionalId,
  goalId: optionalId,
}

export const createTaskSchema = z.strictObject({
  projectId: z.uuid('Choose a project.'),
  parentId: optionalId.default(null),
  title: fields.title,
  description: fields.description.default(''),
  priority: fields.priority.default('medium'),
  dueOn: fields.dueOn.default(null),
  estimate: fields.estimate.default(null),
  workstreamId: fields.workstreamId.optional(),
  goalId: fields.goalId.optional(),
  assignees: people,
  reviewers: people.optional(),
  labels,
})
export type CreateTask = z.infer<typeof createTaskSchema>

/** What is left out of `workstreamId`, `goalId` and `reviewers` stays as it is. */
export const updateTaskSchema = z.strictObject({ id: z.uuid(), version, ...fields, workstreamId: fields.workstreamId.optional(), goalId: fields.goalId.optional(), assignees: people, reviewers: people.optional(), labels })
export type UpdateTask = z.infer<typeof updateTaskSchema>

const person = z.union([z.literal('nobody'), z.uuid('Choose people of the list.')])
/** One field of a task, from its row in a list: what it `was` there (of people, their ids in order, with blanks between). `assignee` and `reviewer` take the place of whoever has that part. */
export const patchTaskSchema = z.strictObject({ id: z.uuid(), was: z.string().max(10_000), priority: fields.priority.optional(), dueOn: fields.dueOn.optional(), assignee: person.optional(), reviewer: person.optional() })
  .refine(({ priority, dueOn, assignee, reviewer }) => [priority, dueOn, assignee, reviewer].filter((field) => field !== undefined).length === 1, 'Choose what to change.')
export type PatchTask = z.infer<typeof patchTaskSchema>

export const moveTaskSchema = z.strictObject({
  id: z.uuid(),
  version,
  to: z.enum(STATUSES, 'Choose a status.'),
  note: paragraph('The reason', 1000).default(''),
  summary: paragraph('The summary', 4000).default(''),
  testingNotes: paragraph('The notes on testing', 4000).optional(),
  cancelSubtasks: z.stringbool().default(false),
})
export type MoveTask = z.infer<typeof moveTaskSchema>

export const dependencySchema = z.strictObject({ taskId: z.uuid(), dependsOnId: z.uuid('Choose a task.') })
export const dependencyIdSchema = z.strictObject({ id: z.uuid() })

const PERCENT = 'Write a whole number from 0 to 100.'
export const reportProgressSchema = z.strictObject({
  taskId: z.uuid(),
  body: paragraph('The report', 4000).pipe(z.string().min(1, 'Say in a sentence how it goes.')),
  percent: z.union([z.literal('').transform(() => null), z.coerce.number(PERCENT).int(PERCENT).min(0, PERCENT).max(100, PERCENT)]).default(null),
})
export type ReportProgress = z.infer<typeof reportProgressSchema>

export const taskIdsSchema = z.strictObject({ ids: many(z.uuid(), 200).pipe(z.array(z.uuid()).min(1, 'Choose at least one task.')) })

export const bulkEditSchema = z
  .strictObject({
    ids: many(z.uuid(), 1_000).pipe(z.array(z.uuid()).min(1, 'Choose at least one task.')),
    status: z.union([z.literal(''), z.enum(STATUSES)]).default(''),
    priority: z.union([z.literal(''), z.enum(PRIORITIES)]).default(''),
    assignee: z.union([z.literal('nobody'), optionalId]).default(null),
    reviewer: z.union([z.literal('nobody'), optionalId]).default(null),
    label: z.union([z.literal('none'), optionalId]).default(null),
    estimate: z.union([z.literal('none'), estimate]).default(null),
    workstream: z.union([z.literal('none'), optionalId]).default(null),
    dueOn: z.union([z.literal('none'), optionalDay]).default(null),
    note: paragraph('The reason or summary', 4000).default(''),
    cancelSubtasks: z.stringbool().default(false),
  })
  .refine(({ status, note }) => status !== 'blocked' || [...note].length <= 1_000, { path: ['note'], message: 'The reason may have at most 1,000 characters.' })
  .refine((input) => Boolean(input.status || input.priority || input.assignee || input.reviewer || input.label || input.dueOn || input.estimate || input.workstream), 'Choose what to change.')
export type BulkEdit = z.infer<typeof bulkEditSchema>

export const moveToProjectSchema = z.strictObject({ ids: many(z.uuid(), 200).pipe(z.array(z.uuid()).min(1, 'Choose at least one task.')), projectId: z.uuid('Choose a project.') })
export type MoveToProject = z.infer<typeof moveToProjectSchema>
export const followUpSchema = z.strictObject({ id: z.uuid() })
