import 'server-only'
import { z } from 'zod'
import { mayAlso } from '@/lib/authorization/permissions'
import { applyTemplate } from '@/lib/templates/apply'
import { applyTemplateSchema, createTemplateSchema, TEMPLATE_KINDS } from '@/lib/templates/schema'
import { createTemplate, listTemplates } from '@/lib/templates/templates'
import { acceptSuggestionSchema, rateSuggestionSchema, SUGGESTION_KINDS, type SuggestionKind } from '@/lib/suggestions/schema'
import { acceptSuggestion, listSuggestions, rateSuggestion, rejectSuggestion, suggestPlan } from '@/lib/suggestions/suggestions'
import { isUuid } from '@/lib/uuid'
import { operation, parseFor } from './operation'
import { ref, text, whole } from './inputs'
import { missing, projectNamed, taskNamed, theProject } from './refs'

const project = ref('The project: its id, slug or key')
const template = ref('The id of the template')
const suggestion = ref('The id of the suggestion')
const idOf = (given: string) => (isUuid(given) ? given : missing())

export const templateOperations = [
  operation({
    name: 'list_templates', title: 'List templates', description: 'Templates of tasks, checklists and workflows that you may use, with their lines.', permission: 'tasks:read', input: z.strictObject({ kind: z.enum(TEMPLATE_KINDS).optional() }),
    run: async (scope, { kind }) => ({ templates: await listTemplates(scope, { kind }) }),
  }),
  operation({
    name: 'create_template', title: 'Create a template', description: 'One line a task; `-` a subtask; `!high`, `~2h` and `(after 1)` at its end.', permission: 'templates:manage', isWrite: true,
    input: z.strictObject({ kind: z.enum(TEMPLATE_KINDS), name: text('The name, 1 to 120 characters'), outline: text('The tasks, one a line'), project: ref('Only for this project: id, slug or key').optional() }),
    run: async (scope, { project: named, ...input }) => ({ template: await createTemplate(scope, parseFor(createTemplateSchema, { ...input, projectId: (await projectNamed(scope, named))?.id ?? '' })) }),
  }),
  operation({
    name: 'use_template', title: 'Use a template', description: 'Makes its tasks, subtasks and dependencies in a project, all or none; a checklist becomes subtasks of a task.', permission: 'tasks:create', isWrite: true,
    input: z.strictObject({ template, project, task: ref('For a checklist: the task, by id or key').optional() }),
    run: async (scope, input) => {
      const { id: projectId } = (await projectNamed(scope, input.project))!
      const taskId = (await taskNamed(scope, input.task, 'task'))?.id ?? ''
      return { used: await applyTemplate(scope, parseFor(applyTemplateSchema, { id: idOf(input.template), projectId, taskId })) }
    },
  }),
  operation({
    name: 'list_suggestions', title: 'List suggestions', description: 'Goals and tasks that were proposed for a project: open ones, and those decided last.', permission: 'projects:read', input: z.strictObject({ project }),
    run: async (scope, input) => {
      const { pending, decided } = await listSuggestions(scope, (await theProject(scope, input.project)).id)
      const mayRead = ({ kind }: { kind: SuggestionKind }) => mayAlso(scope, `${kind}s:read`)
      return { pending: pending.filter(mayRead), decided: decided.filter(mayRead) }
    },
  }),
  operation({
    name: 'suggest_plan', title: 'Suggest goals and tasks', description: 'Proposes goals and tasks from the description of a project, none of them twice.', permission: 'tasks:create', isWrite: true, input: z.strictObject({ project }),
    run: async (scope, input) => {
      const { id } = await theProject(scope, input.project)
      return { ...(await suggestPlan(scope, id)), pending: (await listSuggestions(scope, id)).pending }
    },
  }),
  operation({
    name: 'accept_suggestion', title: 'Accept a suggestion', description: 'Makes the goal or task that was proposed, as it is or in other words.', permission: 'tasks:create', isWrite: true,
    input: z.strictObject({ suggestion, kind: z.enum(SUGGESTION_KINDS).optional(), title: text('In other words').optional(), description: text('In other words').optional() }),
    run: async (scope, { suggestion: named, ...input }) => ({ made: await acceptSuggestion(scope, parseFor(acceptSuggestionSchema, { ...input, id: idOf(named) })) }),
  }),
  operation({
    name: 'reject_suggestion', title: 'Reject a suggestion', description: 'It is not proposed again.', permission: 'tasks:create', isWrite: true, input: z.strictObject({ suggestion }),
    run: async (scope, input) => {
      await rejectSuggestion(scope, idOf(input.suggestion))
      return { suggestion: { id: input.suggestion, status: 'rejected' } }
    },
  }),
  operation({
    name: 'rate_suggestion', title: 'Rate a suggestion', description: 'From 1 to 5.', permission: 'tasks:create', isWrite: true, input: z.strictObject({ suggestion, rating: whole('1 to 5') }),
    run: async (scope, input) => {
      await rateSuggestion(scope, parseFor(rateSuggestionSchema, { id: idOf(input.suggestion), rating: input.rating }))
      return { suggestion: { id: input.suggestion, rating: input.rating } }
    },
  }),
]
