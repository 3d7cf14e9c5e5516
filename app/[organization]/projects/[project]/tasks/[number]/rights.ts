import { can } from '@/lib/authorization/permissions'
import type { TaskData } from './read-task'

/** What I may do with a task that I see, as the server will judge it. */
export function rightsOn({ task, member, access }: TaskData) {
  const isAssigned = task.assignees.some(({ userId }) => userId === member.userId)
  const mayEdit = access.canEdit && can(member.role, 'tasks:update')
  return {
    mayEdit,
    mayMove: access.canEdit && (mayEdit || (can(member.role, 'tasks:move') && isAssigned)),
    mayDelete: access.canEdit && (can(member.role, 'tasks:delete_any') || (can(member.role, 'tasks:delete') && task.createdBy === member.userId)),
    mayAdd: access.canEdit && can(member.role, 'tasks:create') && task.project.status === 'active',
  }
}
