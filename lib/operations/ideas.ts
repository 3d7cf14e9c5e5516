import 'server-only'
import { z } from 'zod'
import { convertIdea, tasksOfIdea } from '@/lib/ideas/convert'
import { createIdea, getIdea, listIdeas } from '@/lib/ideas/ideas'
import { listAnswers, openIdea, refineIdea } from '@/lib/ideas/refine'
import { convertSchema, createIdeaSchema, IDEA_STATUSES, QUESTIONS, refineSchema } from '@/lib/ideas/schema'
import { pageOf } from '@/lib/keyset'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import { noteOpened } from './opened'
import { operation, parseFor } from './operation'
import { list, page, ref, text, versionOf } from './inputs'
import { missing, projectNamed } from './refs'

const idea = ref('The id of the idea')
const idOf = (given: string) => (isUuid(given) ? given : missing())

async function readIdea(scope: Scope, id: string) {
  noteOpened(scope, 'idea', id)
  const { reasons: _, containerId, ...found } = await getIdea(scope, id)
  return { idea: { ...found, projectId: containerId }, questions: QUESTIONS, answers: await listAnswers(scope, id), tasks: await tasksOfIdea(scope, id) }
}

export const ideaOperations = [
  operation({
    name: 'list_ideas', title: 'List ideas', description: 'Ideas that you see, your own drafts among them, a page at a time, the newest first.', permission: 'ideas:read', input: z.strictObject({ status: z.enum(IDEA_STATUSES).optional(), ...page }),
    run: async (scope, { status, limit, cursor }) => {
      const { rows, next } = pageOf(await listIdeas(scope, { status, after: isUuid(cursor) ? cursor : undefined, take: limit + 1 }), limit, ({ id }) => id)
      return { ideas: rows, nextCursor: next }
    },
  }),
  operation({ name: 'get_idea', title: 'Get an idea', description: 'An idea with its questions, answers, checks and tasks.', permission: 'ideas:read', input: z.strictObject({ idea }), run: (scope, input) => readIdea(scope, idOf(input.idea)) }),
  operation({
    name: 'create_idea', title: 'Write down an idea', description: 'A draft that only you see, until it is opened for refining.', permission: 'ideas:create', isWrite: true,
    input: z.strictObject({ title: text('The title, 1 to 200 characters'), body: text('The idea').optional(), project: ref('The project that it is for: id, slug or key').optional() }),
    run: async (scope, { project, ...input }) => readIdea(scope, (await createIdea(scope, parseFor(createIdeaSchema, { ...input, projectId: (await projectNamed(scope, project))?.id ?? '' }))).id),
  }),
  operation({
    name: 'refine_idea', title: 'Refine an idea', description: 'Answers the four questions; the idea is judged by them, with its reasons. A draft or a rejected idea is opened first.', permission: 'ideas:create', isWrite: true,
    input: z.strictObject({ idea, version: versionOf('idea'), answers: z.array(z.string()).max(4, 'There are four questions.').describe('Answers to the four questions in order; an empty one keeps what was answered before') }),
    run: async (scope, input) => {
      const id = idOf(input.idea)
      const { status } = await getIdea(scope, id)
      const isOpened = status === 'draft' || status === 'rejected'
      if (isOpened) await openIdea(scope, { id, version: input.version })
      const [answer1 = '', answer2 = '', answer3 = '', answer4 = ''] = input.answers
      await refineIdea(scope, parseFor(refineSchema, { id, version: isOpened ? input.version + 1 : input.version, answer1, answer2, answer3, answer4 }))
      return readIdea(scope, id)
    },
  }),
  operation({
    name: 'convert_idea', title: 'Convert an idea', description: 'Makes 1 to 20 tasks of a validated idea, in one go.', permission: 'ideas:convert', isWrite: true,
    input: z.strictObject({ idea, version: versionOf('idea'), project: ref('Where its tasks go: id, slug or key'), goal: ref('A goal of that project, by id').optional(), tasks: list(z.string(), 'Titles of the tasks, 1 to 20') }),
    run: async (scope, input) => {
      const id = idOf(input.idea)
      const { id: projectId } = (await projectNamed(scope, input.project))!
      await convertIdea(scope, parseFor(convertSchema, { id, version: input.version, projectId, goalId: input.goal ?? '', lines: input.tasks.map((one) => one.replace(/\s+/g, ' ')).join('\n') }))
      return readIdea(scope, id)
    },
  }),
]
