import { createTaskComment } from '@/lib/comments/comments'
import { createLabel, listLabels } from '@/lib/labels/labels'
import { addMember } from '@/lib/members/members'
import { findMembership } from '@/lib/platform/directory'
import { createProject } from '@/lib/projects/projects'
import { shareProject } from '@/lib/projects/sharing'
import { createProjectSchema } from '@/lib/projects/schema'
import { moveTask } from '@/lib/tasks/transitions'
import type { Status } from '@/lib/tasks/rules'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import { createTeam, listTeams } from '@/lib/teams/teams'
import type { Member } from '@/lib/tenancy/member'
import { withTenant, type Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { fillBook } from './book'
import { makeKeys } from './keys'
import { cast } from './cast'
import { demoId, type DemoOrganization } from './organizations'
import { makePlan, tiePlan } from './plan'
import { content, type DemoContent, type DemoProject, type DemoTask } from './projects'

/** Everything goes through the application's own functions under the runtime role, so audit, search and counters exist. */
const PATHS: Record<Status, Status[]> = {
  todo: [], in_progress: ['in_progress'], blocked: ['in_progress', 'blocked'], review: ['in_progress', 'review'], testing: ['in_progress', 'testing'],
  done: ['in_progress', 'done'], cancelled: ['cancelled'], archived: ['in_progress', 'done', 'archived'],
}
const pathOf = ({ status, wasBlocked }: DemoTask): Status[] => (wasBlocked ? ['in_progress', 'blocked', ...PATHS[status]] : PATHS[status])
const DAY_MS = 86_400_000

const userId = (name: string) => demoId(0, 'user', cast.findIndex((person) => person.name === name) + 1)

async function memberNamed(organization: DemoOrganization, name: string): Promise<Member> {
  const member = await findMembership(demoId(organization.number, 'organization', 0), userId(name))
  if (!member) throw new Error(`${name} is no active member of ${organization.name}.`)
  return member
}

export async function fillOrganization(organization: DemoOrganization): Promise<void> {
  const owner = cast.find(({ places }) => places.some(({ slug, role }) => slug === organization.slug && role === 'owner'))!
  const asOwner = await memberNamed(organization, owner.name)
  const { teams, labels, projects } = content[organization.slug] ?? ({ teams: {}, labels: [], projects: [] } satisfies DemoContent)
  const ids = new Map<string, string>()
  await withTenant(asOwner, async (scope) => {
    const members = new Set((await scope.tx.membership.findMany()).map((row) => row.userId))
    for (const person of cast.filter(({ name }) => !members.has(userId(name)))) {
      const place = person.places.find(({ slug }) => slug === organization.slug)
      if (place) await addMember(scope, { userId: userId(person.name), displayName: person.name, role: place.role, status: place.status ?? 'active' })
    }
    for (const team of await listTeams(scope)) ids.set(team.name, team.id)
    for (const label of await listLabels(scope)) ids.set(`label ${label.name}`, label.id)
    for (const [name, people] of Object.entries(teams)) if (!ids.has(name)) ids.set(name, (await createTeam(scope, { name, userIds: people.map(userId) })).id)
    for (const [name, colour] of labels) if (!ids.has(`label ${name}`)) ids.set(`label ${name}`, (await createLabel(scope, { name, colour: colour as never, isPersonal: false })).id)
  })
  const counter = { next: 1 }
  const gone = new Set((await withTenant(asOwner, ({ tx }) => tx.membership.findMany({ where: { status: 'removed' } }))).map((row) => row.userId))
  // A placeholder goes when all is made: what is theirs is there.
  for (const [index, project] of projects.entries()) if (!gone.has(userId(project.owner))) await fillProject(organization, project, demoId(organization.number, 'project', index + 1), ids, counter)
  await fillBook(organization.slug, asOwner)
  if (organization.slug === 'fern-forge') await makeKeys(await memberNamed(organization, 'Forge Runner'))
  await letPlaceholdersGo(asOwner)
}

// Whom imported rows belong to whose owner nobody knows: no member, so what is theirs is seen by nobody until it is handed over.
async function letPlaceholdersGo(owner: Member): Promise<void> {
  const userIds = cast.filter(({ kind }) => kind === 'system').map(({ name }) => userId(name))
  await withTenant(owner, ({ tx }) => tx.membership.updateMany({ where: { userId: { in: userIds }, status: 'active' }, data: { status: 'removed', version: { increment: 1 } } }))
}

async function fillProject(organization: DemoOrganization, project: DemoProject, id: string, ids: Map<string, string>, counter: { next: number }): Promise<void> {
  const owner = await memberNamed(organization, project.owner)
  const today = Date.parse(toDay(new Date(), organization.timezone))
  const day = (offset?: number) => (offset === undefined ? '' : new Date(today + offset * DAY_MS).toISOString().slice(0, 10))
  const made = await withTenant(owner, async (scope) => new Set((await scope.tx.task.findMany({ where: { projectId: id }, select: { id: true } })).map((task) => task.id)))
  const isNew = await withTenant(owner, async (scope) => (await scope.tx.project.count({ where: { id } })) === 0)
  if (isNew) await withTenant(owner, (scope) => createProject(scope, createProjectSchema.parse({
    name: project.name, description: project.description, colour: project.colour, targetOn: day(project.target), visibility: project.visibility, teamId: project.team ? ids.get(project.team) : '',
  }), id))
  const shares = (project.teams ?? []).map((name) => `team:${ids.get(name)}:edit`)
  if (isNew && shares.length) await withTenant(owner, (scope) => shareProject(scope, { id, version: 1, visibility: project.visibility, defaultAccess: 'edit', teamId: null, shares }))

  const plan = await makePlan(owner, id, project)
  const taskIds: string[] = []
  const createOne = async (scope: Scope, task: DemoTask, parentId: string): Promise<string> => {
    const taskId = demoId(organization.number, 'task', counter.next++)
    await createTask(scope, createTaskSchema.parse({
      projectId: id, parentId, title: task.title, description: task.description ?? '', priority: task.priority, dueOn: day(task.due), estimate: task.estimate ?? '',
      ...(parentId ? {} : { workstreamId: plan.streams[taskIds.length % (plan.streams.length + 1)] ?? '', goalId: plan.goals[taskIds.length % (plan.goals.length + 2)] ?? '' }),
      assignees: (task.assignees ?? []).map(userId), labels: (task.labels ?? []).map((name) => ids.get(`label ${name}`)),
    }), taskId)
    return taskId
  }
  const advance = async (scope: Scope, task: DemoTask, taskId: string) => {
    // A past of its own: made, begun and done on different days, so that reports have something to tell.
    const completedAt = task.done === undefined ? undefined : new Date(Date.now() + task.done * DAY_MS)
    const path = pathOf(task)
    const until = completedAt?.getTime() ?? Date.now() - (counter.next % 96) * 3_600_000
    const begunAt = until - (2 + ((counter.next * 7) % 9)) * DAY_MS
    const createdAt = new Date(begunAt - (2 + (counter.next % 50)) * DAY_MS)
    for (const [index, to] of path.entries()) {
      const at = new Date(path.length === 1 ? until : begunAt + ((until - begunAt) * index) / (path.length - 1))
      await moveTask(scope, { id: taskId, version: index + 1, to, note: to === 'blocked' ? 'Waiting for an answer from the supplier.' : '', summary: to === 'done' ? `${task.title}: done and checked.` : '', cancelSubtasks: false }, at)
    }
    await scope.tx.task.updateMany({ where: { id: taskId }, data: { createdAt, updatedAt: new Date(until) } })
  }
  for (const task of project.tasks) {
    taskIds.push(demoId(organization.number, 'task', counter.next))
    if (made.has(taskIds.at(-1)!)) {
      counter.next += 1 + (task.subtasks?.length ?? 0)
      continue
    }
    const taskId = await withTenant(owner, async (scope) => {
      const parent = await createOne(scope, task, '')
      for (const subtask of task.subtasks ?? []) await advance(scope, subtask, await createOne(scope, subtask, parent))
      await advance(scope, task, parent)
      return parent
    })
    for (const [author, body] of task.comments ?? []) await withTenant(await memberNamed(organization, author), (scope) => createTaskComment(scope, { taskId, body }))
  }
  await tiePlan(owner, id, project, taskIds)
}

/** Run on a later day: due dates keep their distance from today. Only rows that the seeder made and nobody has edited since. */
export async function moveDates(organization: DemoOrganization): Promise<void> {
  const today = Date.parse(toDay(new Date(), organization.timezone))
  const dayOf = (task: DemoTask) => new Date(today + task.due! * DAY_MS)
  let running = 1
  for (const project of content[organization.slug]?.projects ?? []) {
    const owner = await findMembership(demoId(organization.number, 'organization', 0), userId(project.owner))
    const tasks = project.tasks.flatMap((task) => [task, ...(task.subtasks ?? [])])
    const dated = tasks.map((task, index) => ({ id: demoId(organization.number, 'task', running + index), task })).filter(({ task }) => task.due !== undefined)
    running += tasks.length
    if (!owner) continue
    await withTenant(owner, async (scope) => {
      for (const { id, task } of dated) {
        // Made, moved, and at most tied to what it waits for and reported on.
        const steps = pathOf(task).length
        await scope.tx.task.updateMany({ where: { id, version: { gte: steps + 1, lte: steps + 3 }, deletedAt: null, NOT: { dueOn: dayOf(task) } }, data: { dueOn: dayOf(task) } })
      }
    })
  }
}
