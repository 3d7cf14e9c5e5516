'use client'

import { MenuItem } from '@/components/ui/menu'
import type { TaskRow } from '@/lib/tasks/task-list'
import { ChoiceMenu, useEdit } from './choice-menu'
import { Assigned, Reviewers } from './people'

const idsOf = (people: { userId: string }[]) => people.map(({ userId }) => userId).toSorted().join(' ')

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
