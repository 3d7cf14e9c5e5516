'use client'

import { Button } from '@/components/ui/button'
import { allowedNext, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import { type Movable, useMoveTask } from '../../../../tasks/move-dialog'
import { StatusIcon } from '../../../../tasks/status'

const VERBS: Record<Status, string> = { todo: 'Reopen', in_progress: 'Start', blocked: 'Block', review: 'Send to review', testing: 'Send to testing', done: 'Complete', cancelled: 'Cancel task', archived: 'Archive' }

/** The moves that the transition table allows from here, as buttons. */
export function TaskMoves({ task, parentStatus }: { task: Movable; parentStatus?: string }) {
  const { move, dialog, pending } = useMoveTask()
  const next = allowedNext(task.status as Status, parentStatus ? { status: parentStatus as Status } : null)
  if (next.length === 0) return null
  return (
    <div role="group" aria-label="Move this task" className="flex flex-wrap gap-2">
      {next.map((status) => (
        <Button key={status} disabled={pending} icon={<StatusIcon status={status} />} onClick={() => move(task, status)} title={STATUS_LABELS[status]}>
          {task.status === 'blocked' && status === 'in_progress' ? 'Unblock' : VERBS[status]}
        </Button>
      ))}
      {dialog}
    </div>
  )
}
