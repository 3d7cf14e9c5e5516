import type { KeyboardCoordinateGetter } from '@dnd-kit/core'

/** Left and right go to the neighbouring column, to its middle. */
export const columnKeys: KeyboardCoordinateGetter = (event, { context: { active, droppableRects, collisionRect } }) => {
  const direction = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0
  if (!direction || !active || !collisionRect) return undefined
  event.preventDefault()
  const columns = [...droppableRects.values()].sort((a, b) => a.left - b.left)
  const middle = collisionRect.left + collisionRect.width / 2
  const here = columns.findIndex((rect) => middle >= rect.left && middle <= rect.right)
  const target = columns[Math.min(Math.max((here === -1 ? 0 : here) + direction, 0), columns.length - 1)]
  return target ? { x: target.left + (target.width - collisionRect.width) / 2, y: target.top + 48 } : undefined
}
