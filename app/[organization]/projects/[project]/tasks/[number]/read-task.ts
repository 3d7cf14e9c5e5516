import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { listAttachments } from '@/lib/attachments/attachments'
import { listHistory } from '@/lib/audit/audit-list'
import { memberPage } from '@/lib/auth/session'
import { listComments } from '@/lib/comments/comments'
import { NotFoundError } from '@/lib/errors'
import { ideaOfTask } from '@/lib/ideas/convert'
import { listLabels } from '@/lib/labels/labels'
import { listLinks } from '@/lib/links/links'
import { listChanges } from '@/lib/live/changes'
import { ofProject } from '@/lib/live/unseen'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { resolveNotebook } from '@/lib/notebook/resolve'
import { accessTo } from '@/lib/projects/access'
import { listPlanChoices } from '@/lib/projects/plan-choices'
import { keepsReads } from '@/lib/reads/reads'
import { readDependencies } from '@/lib/tasks/dependencies'
import { listTargets, lossesOfMove, movedTask } from '@/lib/tasks/move-to-project'
import { listReports } from '@/lib/tasks/progress'
import { getTask } from '@/lib/tasks/tasks'
import { listTemplates } from '@/lib/templates/templates'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'

export type TaskData = Awaited<ReturnType<typeof readAll>>

/** All that the page of a task shows. A former address leads to the present one. */
export const readTask = cache(async (organization: string, project: string, number: string) =>
  memberPage(organization, async (scope) => {
    if (!isOn(scope.member, 'projects') || !/^[1-9]\d{0,8}$/.test(number)) notFound()
    const found = await readOrNull(scope, { slug: project }, Number(number))
    if (found) return found
    const moved = await movedTask(scope, project, Number(number))
    if (moved) redirect(`/${organization}/projects/${moved.projectSlug}/tasks/${moved.number}`)
    throw new NotFoundError()
  }, { about: { project, number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : null }, opened }),
)

// Where a record of reading is kept, opening a task at the side of a list is reading it too.
const opened = (data: TaskData | null) => (data?.isKept ? { entityKind: 'task', entityId: data.task.id, containerId: data.task.projectId, label: data.task.title } : null)

/** The same by its key, beside a list: null for whoever does not see it, so that the list stays. */
export const readTaskByKey = (organization: string, taskKey: string): Promise<TaskData | null> =>
  memberPage(organization, async (scope) => {
    const [, key, number] = /^([A-Z0-9]{2,6})-([1-9]\d{0,8})$/.exec(taskKey) ?? []
    if (!key) return null
    const found = await readOrNull(scope, { key }, Number(number))
    if (found) return found
    const moved = await movedTask(scope, key, Number(number))
    return moved && readOrNull(scope, { slug: moved.projectSlug }, moved.number)
  }, { opened })

async function readOrNull(scope: Scope, project: { slug: string } | { key: string }, number: number): Promise<TaskData | null> {
  try {
    return await readAll(scope, project, number)
  } catch (error) {
    if (error instanceof NotFoundError) return null
    throw error
  }
}

async function readAll(scope: Scope, project: { slug: string } | { key: string }, number: number) {
  // Before anything is read, so that what changes meanwhile is read again.
  const changes = await listChanges(scope)
  const task = await getTask(scope, project, number)
  const access = await accessTo(scope, task.projectId)
  return {
    task, access, seen: ofProject(changes, task.projectId), member: scope.member, today: toDay(new Date(), scope.member.organization.timezone),
    comments: await listComments(scope, 'task', task.id), attachments: await listAttachments(scope, 'task', task.id), history: await listHistory(scope, 'task', task.id), links: await listLinks(scope, task),
    members: await listMembers(scope), labels: await listLabels(scope), plan: await listPlanChoices(scope, task.projectId), dependencies: await readDependencies(scope, task), reports: await listReports(scope, task),
    idea: await ideaOfTask(scope, task), notebook: await resolveNotebook(scope, { level: 'task', placeId: task.id }),
    isKept: await keepsReads(scope, task.projectId), checklists: (await listTemplates(scope, { kind: 'checklist', projectId: task.projectId })).map(({ id, name }) => ({ id, name })),
    elsewhere: access.canEdit ? { targets: (await listTargets(scope)).filter(({ id }) => id !== task.projectId), losses: await lossesOfMove(scope, task) } : null,
  }
}
