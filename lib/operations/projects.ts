import 'server-only'
import { z } from 'zod'
import { mayAlso } from '@/lib/authorization/permissions'
import { PROJECT_STATUSES, VISIBILITIES } from '@/lib/projects/rules'
import { deleteProject, listDeletedProjects, restoreProject, weighProject } from '@/lib/projects/deletion'
import { listFindings } from '@/lib/projects/findings'
import { readHealth } from '@/lib/projects/health'
import { changeProjectStatus, createProject, getProject, listProjects, projectCursor, updateProject } from '@/lib/projects/projects'
import { createProjectSchema, deleteProjectSchema, updateProjectSchema } from '@/lib/projects/schema'
import { listGoals } from '@/lib/goals/goals'
import { pageOf } from '@/lib/keyset'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { isUuid } from '@/lib/uuid'
import { listWorkstreams } from '@/lib/workstreams/workstreams'
import { operation, parseFor } from './operation'
import { day, flag, page, ref, text, versionOf } from './inputs'
import { missing, theProject } from './refs'

const project = ref('The project: its id, slug or key')
const todayOf = ({ member }: { member: { organization: { timezone: string } } }) => toDay(new Date(), member.organization.timezone)

const whole = async (scope: Scope, slug: string) => {
  const { containerVersion: _, access, ...found } = await getProject(scope, slug)
  return { ...found, mayEdit: access.canEdit, mayManage: access.canManage }
}

/** With the tasks that were found, for whoever may read tasks. */
async function healthOf(scope: Scope, project: { id: string; key: string }) {
  const place = { today: todayOf(scope) }
  const health = (await readHealth(scope, [project.id], place)).get(project.id)!
  return { ...health, ...(mayAlso(scope, 'tasks:read') && { findings: await listFindings(scope, project, health.counts, place) }) }
}

export const projectOperations = [
  operation({
    name: 'list_projects', title: 'List projects', description: 'Projects that you may see, with the counts of their tasks, a page at a time.', permission: 'projects:read',
    input: z.strictObject({ status: z.enum(PROJECT_STATUSES).optional().describe('Only projects in this state; without it all that are not archived'), ...page }),
    run: async (scope, { status, limit, cursor }) => {
      const { rows, next } = pageOf(await listProjects(scope, { status, today: todayOf(scope), after: cursor, take: limit + 1 }), limit, projectCursor)
      return { projects: rows, nextCursor: next }
    },
  }),
  operation({
    name: 'get_project', title: 'Get a project', description: 'A project with its workstreams, goals and health.', permission: 'projects:read', input: z.strictObject({ project }),
    run: async (scope, input) => {
      const { id, slug, key } = await theProject(scope, input.project)
      return {
        project: await whole(scope, slug), ...(mayAlso(scope, 'workstreams:read') && { workstreams: await listWorkstreams(scope, id) }), ...(mayAlso(scope, 'goals:read') && { goals: await listGoals(scope, id) }),
        health: await healthOf(scope, { id, key }),
      }
    },
  }),
  operation({
    name: 'get_health', title: 'Get the health of a project', description: 'Red, amber or green, with the reasons, the counts behind it and the first tasks of each finding.', permission: 'projects:read', input: z.strictObject({ project }),
    run: async (scope, input) => ({ health: await healthOf(scope, await theProject(scope, input.project)) }),
  }),
  operation({
    name: 'create_project', title: 'Create a project', description: 'A new project of yours.', permission: 'projects:create', isWrite: true,
    input: z.strictObject({
      name: text('The name, 1 to 120 characters'), description: text('What it is about').optional(), visibility: z.enum(VISIBILITIES).optional().describe('Who may see it; without it everybody in the organization'),
      team_id: ref('The team, where a team may see it').optional(), default_access: z.enum(['view', 'edit']).optional().describe('What those who see it may do'), starts_on: day('When it begins').optional(), target_on: day('When it is to be done').optional(),
    }),
    run: async (scope, { team_id, default_access, starts_on, target_on, ...rest }) => {
      const { slug } = await createProject(scope, parseFor(createProjectSchema, { ...rest, teamId: team_id ?? '', ...(default_access && { defaultAccess: default_access }), startsOn: starts_on ?? '', targetOn: target_on ?? '' }))
      return { project: await whole(scope, slug) }
    },
  }),
  operation({
    name: 'update_project', title: 'Change a project', description: 'Name, description, days or state of a project that you manage.', permission: 'projects:update', isWrite: true,
    input: z.strictObject({
      project, version: versionOf('project'), name: text('The name').optional(), description: text('What it is about').optional(),
      starts_on: day('When it begins').optional(), target_on: day('When it is to be done').optional(),
      status: z.enum(PROJECT_STATUSES).optional().describe('Active, paused, completed or archived'), confirm: flag('Completes it although tasks are open').optional(),
    }),
    run: async (scope, { version, status, starts_on, target_on, confirm, ...input }) => {
      const { id, slug } = await theProject(scope, input.project)
      const before = await getProject(scope, slug)
      const { name = before.name, description = before.description } = input
      const dayOf = (given: string | null | undefined, stored: Date | null) => (given === undefined ? stored?.toISOString().slice(0, 10) : given) ?? ''
      const isChanged = [input.name, input.description, starts_on, target_on].some((given) => given !== undefined)
      if (isChanged) await updateProject(scope, parseFor(updateProjectSchema, { id, version, name, description, colour: before.colour, startsOn: dayOf(starts_on, before.startsOn), targetOn: dayOf(target_on, before.targetOn) }))
      if (status && status !== before.status) await changeProjectStatus(scope, { id, version: isChanged ? version + 1 : version, status, confirmed: confirm === true })
      return { project: await whole(scope, slug) }
    },
  }),
  operation({
    name: 'delete_project', title: 'Delete a project', description: 'Takes a project that you manage away from everybody, with all that is in it. For 30 days it can be restored; then it is erased.', permission: 'projects:delete', isWrite: true,
    input: z.strictObject({ project, confirm: text('The key of the project, so that it is meant') }),
    run: async (scope, { project: named, confirm }) => {
      const { id } = await theProject(scope, named)
      const contents = await weighProject(scope, id)
      await deleteProject(scope, parseFor(deleteProjectSchema, { id, confirmation: confirm }))
      return { deleted: contents }
    },
  }),
  operation({
    name: 'list_deleted_projects', title: 'List deleted projects', description: 'Projects that you may restore, and until when.', permission: 'projects:delete', input: z.strictObject({}),
    run: async (scope) => ({ projects: await listDeletedProjects(scope) }),
  }),
  operation({
    name: 'restore_project', title: 'Restore a project', description: 'Brings a deleted project back with all that was in it.', permission: 'projects:delete', isWrite: true, input: z.strictObject({ project: ref('The id of the project') }),
    run: async (scope, input) => {
      const id = isUuid(input.project) ? input.project : missing()
      await restoreProject(scope, id)
      return { project: await whole(scope, (await theProject(scope, id)).slug) }
    },
  }),
]
