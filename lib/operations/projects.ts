import 'server-only'
import { z } from 'zod'
import { mayAlso } from '@/lib/authorization/permissions'
import { PROJECT_STATUSES, VISIBILITIES } from '@/lib/projects/rules'
import { readHealth } from '@/lib/projects/health'
import { changeProjectStatus, createProject, getProject, listProjects, updateProject } from '@/lib/projects/projects'
import { createProjectSchema, updateProjectSchema } from '@/lib/projects/schema'
import { listGoals } from '@/lib/goals/goals'
import { toDay } from '@/lib/text'
import { listWorkstreams } from '@/lib/workstreams/workstreams'
import { operation, parseFor } from './operation'
import { day, flag, ref, text, versionOf } from './inputs'
import { theProject } from './refs'

const project = ref('The project: its id, slug or key')
const todayOf = ({ member }: { member: { organization: { timezone: string } } }) => toDay(new Date(), member.organization.timezone)

const whole = async (scope: Parameters<typeof getProject>[0], slug: string) => {
  const { containerVersion: _, access, ...found } = await getProject(scope, slug)
  return { ...found, mayEdit: access.canEdit, mayManage: access.canManage }
}

export const projectOperations = [
  operation({
    name: 'list_projects', title: 'List projects', description: 'Projects that you may see, with the counts of their tasks.', permission: 'projects:read',
    input: z.strictObject({ status: z.enum(PROJECT_STATUSES).optional().describe('Only projects in this state; without it all that are not archived') }),
    run: async (scope, { status }) => {
      const projects = await listProjects(scope, { archived: status === 'archived', today: todayOf(scope) })
      return { projects: projects.filter((one) => !status || one.status === status), nextCursor: null }
    },
  }),
  operation({
    name: 'get_project', title: 'Get a project', description: 'A project with its workstreams, goals and health.', permission: 'projects:read', input: z.strictObject({ project }),
    run: async (scope, input) => {
      const { id, slug } = await theProject(scope, input.project)
      return {
        project: await whole(scope, slug), ...(mayAlso(scope, 'workstreams:read') && { workstreams: await listWorkstreams(scope, id) }), ...(mayAlso(scope, 'goals:read') && { goals: await listGoals(scope, id) }),
        health: (await readHealth(scope, [id], { today: todayOf(scope) })).get(id),
      }
    },
  }),
  operation({
    name: 'get_health', title: 'Get the health of a project', description: 'Red, amber or green, with the reasons and the counts behind it.', permission: 'projects:read', input: z.strictObject({ project }),
    run: async (scope, input) => {
      const { id } = await theProject(scope, input.project)
      return { health: (await readHealth(scope, [id], { today: todayOf(scope) })).get(id) }
    },
  }),
  operation({
    name: 'create_project', title: 'Create a project', description: 'A new project of yours.', permission: 'projects:create', isWrite: true,
    input: z.strictObject({
      name: text('The name, 1 to 120 characters'), description: text('What it is about').optional(), visibility: z.enum(VISIBILITIES).optional().describe('Who may see it; without it everybody in the organization'),
      team_id: ref('The team, where a team may see it').optional(), default_access: z.enum(['view', 'edit']).optional().describe('What those who see it may do'), target_on: day('When it is to be done').optional(),
    }),
    run: async (scope, { team_id, default_access, target_on, ...rest }) => {
      const { slug } = await createProject(scope, parseFor(createProjectSchema, { ...rest, teamId: team_id ?? '', ...(default_access && { defaultAccess: default_access }), targetOn: target_on ?? '' }))
      return { project: await whole(scope, slug) }
    },
  }),
  operation({
    name: 'update_project', title: 'Change a project', description: 'Name, description, target day or state of a project that you manage.', permission: 'projects:update', isWrite: true,
    input: z.strictObject({
      project, version: versionOf('project'), name: text('The name').optional(), description: text('What it is about').optional(),
      target_on: day('When it is to be done').optional(), status: z.enum(PROJECT_STATUSES).optional().describe('Active, paused, completed or archived'),
      confirm: flag('Completes it although tasks are open').optional(),
    }),
    run: async (scope, { version, status, target_on, confirm, ...input }) => {
      const { id, slug } = await theProject(scope, input.project)
      const before = await getProject(scope, slug)
      const { name = before.name, description = before.description } = input
      const targetOn = target_on === undefined ? before.targetOn?.toISOString().slice(0, 10) : target_on
      const isChanged = input.name !== undefined || input.description !== undefined || target_on !== undefined
      if (isChanged) await updateProject(scope, parseFor(updateProjectSchema, { id, version, name, description, colour: before.colour, targetOn: targetOn ?? '' }))
      if (status && status !== before.status) await changeProjectStatus(scope, { id, version: isChanged ? version + 1 : version, status, confirmed: confirm === true })
      return { project: await whole(scope, slug) }
    },
  }),
]
