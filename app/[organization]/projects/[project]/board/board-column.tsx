'use client'

import { useDroppable } from '@dnd-kit/core'
import { classNames } from '@/components/ui/class-names'
import { STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import type { Column } from '@/lib/tasks/board'
import type { TaskRow } from '@/lib/tasks/task-list'
import { StatusIcon } from '../../../tasks/status'
import { DraggableCard } from './card'

type Props = { column: Column; today: string; canMove: boolean; members: { userId: string; name: string }[] | null; move: (task: TaskRow, to: Status) => void; isDimmed: boolean; from?: Status }

export function BoardColumn({ column: { status, tasks, total }, today, canMove, members, move, isDimmed, from }: Props) {
  const { setNodeRef, isOver } = useDroppable({ id: status, disabled: isDimmed })
  const name = STATUS_LABELS[status]
  // Counted to a thousand and one.
  const count = total > 1_000 ? '1000+' : String(total)
  return (
    <section
      ref={setNodeRef}
      aria-label={`${name}, ${count}`}
      className={classNames('flex w-64 shrink-0 snap-start flex-col gap-2 rounded-lg border bg-surface-sunken p-2', isDimmed && 'opacity-50', isOver && 'outline-2 outline-focus')}
    >
      <h2 className="flex items-center gap-2 px-1 font-medium">
        <StatusIcon status={status} className="size-4 text-text-muted" />
        {name}
        <span className="ms-auto text-text-muted tabular-nums">{count}</span>
      </h2>
      {isDimmed && from && <p className="px-1 text-xs text-text-muted">Not from {STATUS_LABELS[from]}</p>}
      <ul className="flex min-h-16 flex-col gap-2">
        {tasks.map((task) => (
          <li key={task.id}>
            <DraggableCard task={task} today={today} canMove={canMove} members={members} move={move} />
          </li>
        ))}
      </ul>
      {total > tasks.length && <p className="px-1 text-xs text-text-muted">{total > 1_000 ? 'Many' : total - tasks.length} more in the list</p>}
    </section>
  )
}
