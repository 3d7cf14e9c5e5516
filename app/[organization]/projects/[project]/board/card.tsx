'use client'

import { useDraggable } from '@dnd-kit/core'
import { Ellipsis, GitBranch, GripVertical, Hourglass, ListTree } from 'lucide-react'
import { useOrganization } from '@/components/forms/organization'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { allowedNext, isOpen, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import type { TaskRow } from '@/lib/tasks/task-list'
import { DueDate } from '../../../tasks/due-date'
import { LabelBadges } from '../../../tasks/label-badges'
import { People, Reviewers } from '../../../tasks/people'
import { AssigneeCell, ReviewerCell } from '../../../tasks/people-cells'
import { PriorityBadge, StatusIcon } from '../../../tasks/status'
import { TaskLink } from '../../../tasks/task-link'

type CardProps = { task: TaskRow; today: string; isLifted?: boolean; controls?: React.ReactNode; people?: React.ReactNode }

export function Card({ task, today, isLifted, controls, people }: CardProps) {
  const { slug } = useOrganization()
  return (
    <article data-row className={classNames('group/row flex flex-col gap-2 rounded-md border bg-surface-raised p-2.5 text-[0.8125rem]', isLifted && 'shadow-lg')}>
      <div className="flex items-start gap-1">
        <TaskLink taskKey={task.key} href={`/${slug}/projects/${task.projectSlug}/tasks/${task.number}`} draggable={false} className="min-w-0 flex-1 hover:underline">
          <span className="block font-mono text-xs text-text-muted">{task.key}</span>
          <span className="text-sm font-medium">{task.title}</span>
        </TaskLink>
        {controls}
      </div>
      {task.blockedReason && <p className="text-danger">{task.blockedReason}</p>}
      {(task.workstreamName || task.waitsForCount > 0 || task.subtaskCount > 0) && (
        <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs text-text-muted">
          {task.workstreamName && <li className="inline-flex items-center gap-1"><GitBranch aria-hidden className="size-3" /><span className="sr-only">Workstream: </span>{task.workstreamName}</li>}
          {task.waitsForCount > 0 && isOpen(task.status) && <li className="inline-flex items-center gap-1 text-warning"><Hourglass aria-hidden className="size-3" />Waits for {task.waitsForCount}</li>}
          {task.subtaskCount > 0 && <li className="inline-flex items-center gap-1"><ListTree aria-hidden className="size-3" /><span>{task.subtaskDoneCount} of {task.subtaskCount}<span className="sr-only"> subtasks done</span>, {task.progress} %</span></li>}
        </ul>
      )}
      <LabelBadges labels={task.labels} />
      <div className="flex flex-wrap items-center gap-2">
        <PriorityBadge priority={task.priority} />
        {task.dueOn && <DueDate dueOn={task.dueOn} today={today} open={isOpen(task.status)} />}
        <span className="ms-auto flex items-center gap-2">
          {people ?? (
            <>
              {task.reviewers.length > 0 && <><span className="sr-only">Reviewed by</span><Reviewers people={task.reviewers} /></>}
              {task.assignees.length > 0 && <People people={task.assignees} />}
            </>
          )}
        </span>
      </div>
    </article>
  )
}

type DraggableProps = { task: TaskRow; today: string; canMove: boolean; members: { userId: string; name: string }[] | null; move: (task: TaskRow, to: Status) => void }

export function DraggableCard({ task, today, canMove, members, move }: DraggableProps) {
  const next = allowedNext(task.status as Status).filter((status) => status !== 'archived')
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({ id: task.id, data: { task }, disabled: !canMove || next.length === 0 })
  // A press on a button is for the button.
  const lift = (event: React.MouseEvent) => !(event.target as Element).closest('button') && listeners?.onMouseDown?.(event)
  const controls = canMove && next.length > 0 && (
    <span className="-me-1 -mt-1 flex shrink-0">
      <Menu trigger={<IconButton size="sm" variant="ghost" data-act="move" label={`Move ${task.key}`} icon={<Ellipsis />} />} align="end">
        {next.map((status) => <MenuItem key={status} icon={<StatusIcon status={status} />} onClick={() => move(task, status)}>{STATUS_LABELS[status]}</MenuItem>)}
      </Menu>
      <button ref={setActivatorNodeRef} type="button" {...listeners} {...attributes} aria-label={`Drag ${task.key}`} className="grid size-6 cursor-grab touch-none place-items-center rounded-sm text-text-muted hover:bg-surface-hover">
        <GripVertical aria-hidden className="size-4" />
      </button>
    </span>
  )
  return (
    <div ref={setNodeRef} onMouseDown={canMove ? lift : undefined} className={isDragging ? 'opacity-40' : undefined}>
      <Card task={task} today={today} controls={controls} people={members && <><ReviewerCell task={task} members={members} /><AssigneeCell task={task} members={members} /></>} />
    </div>
  )
}
