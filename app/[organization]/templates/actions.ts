'use server'

import { memberAction } from '@/lib/actions/member-action'
import { applyTemplate as apply } from '@/lib/templates/apply'
import { applyTemplateSchema, createTemplateSchema, keepTemplateSchema, templateIdSchema, updateTemplateSchema } from '@/lib/templates/schema'
import { createTemplate, deleteTemplate, keepAsTemplate, updateTemplate } from '@/lib/templates/templates'

export const addTemplate = memberAction(createTemplateSchema, async (scope, input) => {
  const { name } = await createTemplate(scope, input)
  return { message: `Template ${name} made.` }
})

export const editTemplate = memberAction(updateTemplateSchema, async (scope, input) => {
  await updateTemplate(scope, input)
  return { message: 'Template saved.' }
})

export const removeTemplate = memberAction(templateIdSchema, async (scope, { id }) => {
  await deleteTemplate(scope, id)
  return { message: 'Template deleted.' }
})

export const applyTemplate = memberAction(applyTemplateSchema, async (scope, input) => {
  const { count, projectSlug, number } = await apply(scope, input)
  return { message: count === 1 ? 'A task was made.' : `${count} tasks were made.`, data: { path: `/${scope.member.organization.slug}/projects/${projectSlug}/tasks/${number}` } }
})

export const keepTemplate = memberAction(keepTemplateSchema, async (scope, input) => {
  const { name } = await keepAsTemplate(scope, input)
  return { message: `Kept as the template ${name}.` }
})
