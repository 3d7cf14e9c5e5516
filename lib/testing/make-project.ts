import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'

/** A project of this member, through the front door. */
export function makeProject(owner: Member, input: { name?: string; visibility?: 'private' | 'organization'; defaultAccess?: 'view' | 'edit' } = {}) {
  return withTenant(owner, (scope) => createProject(scope, createProjectSchema.parse({ name: 'Test project', ...input })))
}

export function makeTask(member: Member, projectId: string, input: Record<string, unknown> = {}) {
  return withTenant(member, async (scope) => {
    const { number } = await createTask(scope, createTaskSchema.parse({ projectId, title: 'Test task', ...input }))
    return scope.tx.task.findFirstOrThrow({ where: { projectId, number } })
  })
}
