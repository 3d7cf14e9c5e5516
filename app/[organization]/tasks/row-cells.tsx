'use client'

import { type ReactElement, type ReactNode, useState } from 'react'
import { editRow } from '@/app/[organization]/tasks/actions'
import { useMemberAction } from '@/components/forms/use-member-action'
import { classNames } from '@/components/ui/class-names'
import { DateInput } from '@/components/ui/date-input'
import { Menu, MenuItem } from '@/components/ui/menu'
import { allowedNext, isOpen, PRIORITIES, PRIORITY_LABELS, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import type { TaskRow } from '@/lib/tasks/task-list'
import { DueDate } from './due-date'
import { Assigned, Reviewers } from './people'
import { PriorityBadge, StatusBadge, StatusIcon } from './status'

const LOOK = 'inline-flex min-h-6 min-w-6 items-center rounded-sm px-1 -mx-1 hover:bg-surface-hover pointer-coarse:min-h-11'

// Seen where the row is pointed at or worked in; by touch it is chosen on the task.
const QUIET = 'opacity-0 group-hover/row:opacity-100 group-focus-within/row:opacity-100 aria-expanded:opacity-100 pointer-coarse:hidden'
const idsOf = (people: { userId: string }[]) => people.map(({ userId }) => userId).toSorted().join(' ')

/** Carries what was seen: if somebody else has changed this field meanwhile, it is not written over. */
function useEdit({ id }: TaskRow, was: string) {
  const { run, pending } = useMemberAction(editRow)
  return { pending, edit: (input: Record<string, string>) => run({ id, was, ...input }) }
}

/** `name` goes before what is seen, so that the button is called by both. */
function ChoiceMenu({ name, act, pending, isQuiet, children, content }: { name: string; act?: string; pending: boolean; isQuiet?: boolean; children: ReactNode; content: ReactElement }) {
  return <Menu trigger={<button type="button" data-act={act} className={classNames(LOOK, pending && 'opacity-50', isQuiet && QUIET)}><span className="sr-only">{name} </span>{content}</button>}>{children}</Menu>
}

export function StatusCell({ task, move }: { task: TaskRow; move: (task: TaskRow, to: Status) => void }) {
  const next = allowedNext(task.status as Status)
  if (next.length === 0) return <StatusBadge status={task.status} />
  return (
    <ChoiceMenu act="move" name={`Status of ${task.key}:`} pending={false} content={<StatusBadge status={task.status} />}>
      {next.map((status) => <MenuItem key={status} icon={<StatusIcon status={status} />} onClick={() => move(task, status)}>{STATUS_LABELS[status]}</MenuItem>)}
    </ChoiceMenu>
  )
}

export function PriorityCell({ task }: { task: TaskRow }) {
  const { edit, pending } = useEdit(task, task.priority)
  return (
    <ChoiceMenu name={`Priority of ${task.key}:`} pending={pending} content={<PriorityBadge priority={task.priority} />}>
      {PRIORITIES.filter((priority) => priority !== task.priority).map((priority) => <MenuItem key={priority} onClick={() => void edit({ priority })}>{PRIORITY_LABELS[priority]}</MenuItem>)}
    </ChoiceMenu>
  )
}

export function AssigneeCell({ task, members }: { task: TaskRow; members: { userId: string; name: string }[] }) {
  const { edit, pending } = useEdit(task, idsOf(task.assignees))
  return (
    <ChoiceMenu act="assign" name={`${task.key} is assigned to`} pending={pending} content={<Assigned task={task} />}>
      {task.assignees.length > 0 && <MenuItem onClick={() => void edit({ assignee: 'nobody' })}>Nobody</MenuItem>}
      {members.map(({ userId, name }) => <MenuItem key={userId} onClick={() => void edit({ assignee: userId })}>{name}</MenuItem>)}
    </ChoiceMenu>
  )
}

export function ReviewerCell({ task, members }: { task: TaskRow; members: { userId: string; name: string }[] }) {
  const { edit, pending } = useEdit(task, idsOf(task.reviewers))
  const isFree = task.reviewers.length === 0
  return (
    <ChoiceMenu act="review" name={`${task.key} is reviewed by${isFree ? ' nobody' : ''}`} pending={pending} isQuiet={isFree} content={<Reviewers people={task.reviewers} />}>
      {!isFree && <MenuItem onClick={() => void edit({ reviewer: 'nobody' })}>Nobody</MenuItem>}
      {members.map(({ userId, name }) => <MenuItem key={userId} onClick={() => void edit({ reviewer: userId })}>{name}</MenuItem>)}
    </ChoiceMenu>
  )
}

export function DueCell({ task, today }: { task: TaskRow; today: string }) {
  const [isEditing, setEditing] = useState(false)
  const day = task.dueOn?.toISOString().slice(0, 10) ?? ''
  const { edit, pending } = useEdit(task, day)
  const save = (value: string, isValid: boolean) => {
    setEditing(false)
    if (isValid && value !== day) void edit({ dueOn: value })
  }
  if (isEditing) {
    return (
      <DateInput
        aria-label={`Due date of ${task.key}`} autoFocus defaultValue={day} className="w-36"
        onBlur={(event) => save(event.target.value, event.target.validity.valid)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setEditing(false)
        }}
      />
    )
  }
  return <button type="button" onClick={() => setEditing(true)} className={classNames(LOOK, pending && 'opacity-50')}><span className="sr-only">Due date of {task.key}: </span><DueDate dueOn={task.dueOn} today={today} open={isOpen(task.status)} /></button>
}
