'use server'

import { memberAction } from '@/lib/actions/member-action'
import { changeProjectStatus, createProject, updateProject } from '@/lib/projects/projects'
import { createProjectSchema, projectStatusSchema, shareProjectSchema, updateProjectSchema } from '@/lib/projects/schema'
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
