'use client'

import { useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import { DateInput } from '@/components/ui/date-input'
import { MenuItem } from '@/components/ui/menu'
import { allowedNext, isOpen, PRIORITIES, PRIORITY_LABELS, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import type { TaskRow } from '@/lib/tasks/task-list'
import { ChoiceMenu, LOOK, useEdit } from './choice-menu'
import { DueDate } from './due-date'
import { PriorityBadge, StatusBadge, StatusIcon } from './status'

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
