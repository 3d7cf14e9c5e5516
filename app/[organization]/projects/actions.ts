'use server'

import { memberAction } from '@/lib/actions/member-action'
import { deleteProject, restoreProject, weighProject } from '@/lib/projects/deletion'
import { changeProjectStatus, createProject, updateProject } from '@/lib/projects/projects'
import { createProjectSchema, deleteProjectSchema, projectIdSchema, projectStatusSchema, shareProjectSchema, updateProjectSchema } from '@/lib/projects/schema'
import { shareProject as share } from '@/lib/projects/sharing'

export const addProject = memberAction(createProjectSchema, async (scope, input) => {
  const project = await createProject(scope, input)
  return { message: `Project ${project.name} created.`, data: { slug: project.slug } }
})

export const editProject = memberAction(updateProjectSchema, async (scope, input) => {
  await updateProject(scope, input)
  return { message: 'Project saved.' }
})

export const shareProject = memberAction(shareProjectSchema, async (scope, input) => {
  await share(scope, input)
  return { message: 'Sharing changed.' }
})

export const setProjectStatus = memberAction(projectStatusSchema, async (scope, input) => {
  await changeProjectStatus(scope, input)
  return { message: input.status === 'archived' ? 'Project archived.' : `Project is ${input.status}.` }
})

/** What would go with it. */
export const weigh = memberAction(projectIdSchema, async (scope, { id }) => ({ data: await weighProject(scope, id) }))

/** The page that it was sent from is gone with it. */
export const dropProject = memberAction(deleteProjectSchema, async (scope, input) => {
  const { name } = await deleteProject(scope, input)
  return { message: `${name} is deleted. For 30 days it can be restored from the trash.`, redirectTo: `/${scope.member.organization.slug}/projects` }
})

export const undropProject = memberAction(projectIdSchema, async (scope, { id }) => {
  const { name } = await restoreProject(scope, id)
  return { message: `${name} is restored.` }
})
