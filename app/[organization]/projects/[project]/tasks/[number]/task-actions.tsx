import { can } from '@/lib/authorization/permissions'
import { formatEstimate, isOpen } from '@/lib/tasks/rules'
import type { TaskData } from './read-task'
import { rightsOn } from './rights'
import { TaskMenu } from './widgets'

/** `back`: where to go when it is deleted. */
export function TaskActions({ data, back }: { data: TaskData; back: string }) {
  const { task, members, labels, plan, elsewhere } = data
  const { mayEdit, mayDelete, mayAdd } = rightsOn(data)
  const editable = {
    id: task.id, version: task.version, title: task.title, description: task.description, priority: task.priority, dueOn: task.dueOn?.toISOString().slice(0, 10) ?? '',
    estimate: task.estimateMinutes ? formatEstimate(task.estimateMinutes) : '', assignees: task.assignees.map(({ userId }) => userId),
    reviewers: task.reviewers.map(({ userId }) => userId), labels: task.labels.map(({ id }) => id), workstreamId: task.workstreamId ?? '', goalId: task.goalId ?? '',
  }
  return <TaskMenu
    task={editable} taskKey={`${task.project.key}-${task.number}`} back={back} choices={{ members, labels, ...plan }} mayEdit={mayEdit} mayDelete={mayDelete}
    mayKeep={data.access.canEdit && can(data.member.role, 'templates:manage')} mayFollow={mayAdd && !isOpen(task.status)} elsewhere={mayEdit ? elsewhere : null}
  />
}
