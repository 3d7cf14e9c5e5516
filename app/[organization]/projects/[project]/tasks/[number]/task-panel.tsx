import { Presence } from '../../../../presence'
import { StatusBadge } from '../../../../tasks/status'
import type { TaskData } from './read-task'
import { TaskActions } from './task-actions'
import { TaskBody } from './task-body'

/** A task at the side of a list. Its page is a link away. */
export function TaskPanel({ data }: { data: TaskData }) {
  const { task, member } = data
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 tabIndex={-1} data-panel-title className="me-auto text-lg font-semibold tracking-tight wrap-anywhere outline-none">{task.title}</h2>
        <StatusBadge status={task.status} />
        <div className="flex w-full flex-wrap items-center gap-2"><TaskActions data={data} back={`/${member.organization.slug}/projects/${task.project.slug}`} /><Presence taskId={task.id} /></div>
      </div>
      <TaskBody data={data} />
    </>
  )
}
