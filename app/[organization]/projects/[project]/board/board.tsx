'use client'

import { DndContext, type DragEndEvent, DragOverlay, type DragStartEvent, KeyboardSensor, MouseSensor, pointerWithin, rectIntersection, TouchSensor, useSensor, useSensors } from '@dnd-kit/core'
import { useOptimistic, useState } from 'react'
import { allowedNext, STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import type { Column } from '@/lib/tasks/board'
import type { TaskRow } from '@/lib/tasks/task-list'
import { useMoveTask } from '../../../tasks/move-dialog'
import { CompleteKey, TaskKeys } from '../../../tasks/task-keys'
import { BoardColumn } from './board-column'
import { Card } from './card'
import { columnKeys } from './column-keys'

type Props = { columns: Column[]; today: string; canMove: boolean; /** Who may be assigned; null where nobody may be. */ members: { userId: string; name: string }[] | null }

/** Cards move by mouse, by touch, with the keyboard (Space, arrows, Space) and by the menu on each card. */
export function Board({ columns, today, canMove, members }: Props) {
  const { move, dialog } = useMoveTask()
  const [dragged, setDragged] = useState<TaskRow | null>(null)
  const [shown, place] = useOptimistic(columns, placeCard)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 200, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: columnKeys }),
  )
  const allowed = dragged ? allowedNext(dragged.status as Status) : null

  // Shown at once; the server's answer then replaces it, also when it refuses.
  const wish = (task: TaskRow, to: Status) => move(task, to, () => place({ task, to }))
  function end({ over }: DragEndEvent) {
    const to = over?.id as Status | undefined
    setDragged(null)
    if (dragged && to && allowedNext(dragged.status as Status).includes(to)) wish(dragged, to)
  }

  return (
    <>
      <TaskKeys />
      {canMove && <CompleteKey tasks={columns.flatMap(({ tasks }) => tasks)} complete={(task) => move(task, 'done')} />}
      <DndContext
        id="board"
        sensors={sensors}
        collisionDetection={(args) => (args.pointerCoordinates ? pointerWithin(args) : rectIntersection(args))}
        onDragStart={({ active }: DragStartEvent) => setDragged((active.data.current as { task: TaskRow }).task)}
        onDragEnd={end}
        onDragCancel={() => setDragged(null)}
        accessibility={{ announcements, screenReaderInstructions: { draggable: 'Press Space to lift the card, the arrow keys to choose a column, Space to drop it, Escape to put it back.' } }}
      >
        <div className="relative -mx-4 flex scroll-px-4 snap-x gap-3 overflow-x-auto px-4 pb-4 sm:-mx-6 sm:scroll-px-6 sm:px-6 lg:-mx-8 lg:scroll-px-8 lg:px-8" role="group" aria-label="Board" tabIndex={0}>
          {shown.map((column) => (
            <BoardColumn
              key={column.status} column={column} today={today} canMove={canMove} members={members} move={wish}
              isDimmed={allowed !== null && column.status !== dragged?.status && !allowed.includes(column.status)} from={dragged?.status as Status | undefined}
            />
          ))}
        </div>
        <DragOverlay>{dragged && <Card task={dragged} today={today} isLifted />}</DragOverlay>
      </DndContext>
      {dialog}
    </>
  )
}

function placeCard(columns: Column[], { task, to }: { task: TaskRow; to: Status }): Column[] {
  return columns.map((column) => {
    if (column.status === to) return { ...column, total: column.total + 1, tasks: [{ ...task, status: to }, ...column.tasks] }
    if (column.status === task.status) return { ...column, total: column.total - 1, tasks: column.tasks.filter(({ id }) => id !== task.id) }
    return column
  })
}

const titleOf = (active: { data: { current?: unknown } }) => (active.data.current as { task: TaskRow }).task.title
const columnOf = (over: { id: string | number } | null) => (over ? STATUS_LABELS[over.id as Status] : 'no column')
const announcements = {
  onDragStart: ({ active }: { active: { data: { current?: unknown } } }) => `Lifted ${titleOf(active)}.`,
  onDragOver: ({ active, over }: { active: { data: { current?: unknown } }; over: { id: string | number } | null }) => `${titleOf(active)} is over ${columnOf(over)}.`,
  onDragEnd: ({ active, over }: { active: { data: { current?: unknown } }; over: { id: string | number } | null }) => `${titleOf(active)} was dropped on ${columnOf(over)}.`,
  onDragCancel: ({ active }: { active: { data: { current?: unknown } } }) => `${titleOf(active)} was put back.`,
}
