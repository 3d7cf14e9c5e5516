'use client'

import { Circle } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { isOpen, allowedNext, type Status } from '@/lib/tasks/rules'
import type { TaskRow } from '@/lib/tasks/task-list'
import { DueDate } from './tasks/due-date'
import { useMoveTask } from './tasks/move-dialog'
import { PriorityBadge, StatusBadge } from './tasks/status'
import { TaskLink } from './tasks/task-link'

export function WorkList({ tasks, today, slug, canMove }: { tasks: TaskRow[]; today: string; slug: string; canMove: boolean }) {
  const { move, dialog } = useMoveTask()
  return (
    <>
      <ul className="-my-2 divide-y">
        {tasks.map((task) => (
          <li key={task.id} data-row className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            {canMove && allowedNext(task.status as Status).includes('done') && <IconButton size="sm" variant="ghost" data-act="complete" label={`Complete ${task.title}`} icon={<Circle />} onClick={() => move(task, 'done')} />}
            <TaskLink taskKey={task.key} href={`/${slug}/projects/${task.projectSlug}/tasks/${task.number}`} className="min-w-0 flex-1 basis-60 hover:underline">
              <span className="me-2 font-mono text-xs text-text-muted">{task.key}</span>
              {task.title}
              {task.blockedReason && <span className="block text-xs text-text-muted">{task.blockedReason}</span>}
            </TaskLink>
            <span className="flex items-center gap-3 text-[0.8125rem]">
              <StatusBadge status={task.status} />
              <PriorityBadge priority={task.priority} />
              <DueDate dueOn={task.dueOn} today={today} open={isOpen(task.status)} />
            </span>
          </li>
        ))}
      </ul>
      {dialog}
    </>
  )
}
