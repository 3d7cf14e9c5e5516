'use client'

import { useRef } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { allowedNext, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import { type Movable, useMoveTask } from '../../../../tasks/move-dialog'
import { StatusIcon } from '../../../../tasks/status'

const VERBS: Record<Status, string> = { todo: 'Reopen', in_progress: 'Start', blocked: 'Block', review: 'Send to review', testing: 'Send to testing', done: 'Complete', cancelled: 'Cancel task', archived: 'Archive' }

/** The moves that the transition table allows from here, as buttons. */
export function TaskMoves({ task, parentStatus }: { task: Movable; parentStatus?: string }) {
  const { move, dialog, pending } = useMoveTask()
  const next = allowedNext(task.status as Status, parentStatus ? { status: parentStatus as Status } : null)
  const group = useRef<HTMLDivElement>(null)
  useShortcut(next.length > 0 ? 'm' : undefined, () => group.current?.querySelector('button')?.focus(), 'Move the task to another status')
  useShortcut(next.includes('done') ? 'd' : undefined, () => move(task, 'done'), 'Complete the task')
  if (next.length === 0) return null
  return (
    <div ref={group} role="group" aria-label="Move this task" className="flex flex-wrap gap-2">
      {next.map((status) => (
        <Button key={status} disabled={pending} icon={<StatusIcon status={status} />} onClick={() => move(task, status)} title={STATUS_LABELS[status]}>
          {task.status === 'blocked' && status === 'in_progress' ? 'Unblock' : VERBS[status]}
        </Button>
      ))}
      {dialog}
    </div>
  )
}
