import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { Task } from '@/lib/tasks/tasks'
import { People } from '../../../../tasks/people'
import { QuickAdd } from '../../../../tasks/quick-add'
import { StatusBadge } from '../../../../tasks/status'
import { ChecklistForm } from './widgets'

export function Subtasks({ task, path, projectKey, mayAdd, checklists }: { task: Task; path: string; projectKey: string; mayAdd: boolean; checklists: { id: string; name: string }[] }) {
  const done = task.subtasks.filter(({ status }) => status === 'done' || status === 'archived').length
  if (task.subtasks.length === 0 && !mayAdd) return null
  return (
    <Card>
      <CardHeader title="Subtasks" description={task.subtasks.length ? `${done} of ${task.subtasks.length} done` : 'Split the task into steps that can be done one by one.'} />
      <CardBody className="flex flex-col gap-3">
        {task.subtasks.length > 0 && (
          <ul className="-mt-2 divide-y">
            {task.subtasks.map((subtask) => (
              <li key={subtask.id} className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
                <AppLink href={`${path}/${subtask.number}`} className="min-w-0 flex-1 basis-48 hover:underline">
                  <span className="me-2 font-mono text-xs text-text-muted">{projectKey}-{subtask.number}</span>
                  {subtask.title}
                </AppLink>
                {subtask.assignees.length > 0 ? <People people={subtask.assignees} /> : task.assignees.length > 0 && <span className="text-xs text-text-muted">{task.assignees.map(({ name }) => name).join(', ')} (inherited)</span>}
                <StatusBadge status={subtask.status} />
              </li>
            ))}
          </ul>
        )}
        {mayAdd && <QuickAdd projectId={task.projectId} parentId={task.id} label="Add a subtask" />}
        {mayAdd && <ChecklistForm task={task} checklists={checklists} />}
      </CardBody>
    </Card>
  )
}
