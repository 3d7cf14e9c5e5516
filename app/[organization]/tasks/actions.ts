'use server'

import { memberAction } from '@/lib/actions/member-action'
import { createTaskComment, deleteComment, updateComment } from '@/lib/comments/comments'
import { createCommentSchema, deleteCommentSchema, updateCommentSchema } from '@/lib/comments/schema'
import { bulkEditTasks } from '@/lib/tasks/bulk'
import { bulkEditSchema, createTaskSchema, moveTaskSchema, patchTaskSchema, taskIdsSchema, updateTaskSchema } from '@/lib/tasks/schema'
import { createTask, deleteTasks, patchTask, restoreTasks, updateTask } from '@/lib/tasks/tasks'
import { moveTask as move } from '@/lib/tasks/transitions'

export const addTask = memberAction(createTaskSchema, async (scope, input) => {
  const task = await createTask(scope, input)
  return { message: `${task.key} created.`, data: { key: task.key, number: task.number, projectSlug: task.projectSlug } }
})

export const editTask = memberAction(updateTaskSchema, async (scope, input) => {
  await updateTask(scope, input)
  return { message: 'Task saved.' }
})

export const editRow = memberAction(patchTaskSchema, async (scope, input) => {
  await patchTask(scope, input)
})

export const moveTask = memberAction(moveTaskSchema, async (scope, input) => ({ data: await move(scope, input) }))

export const bulkEdit = memberAction(bulkEditSchema, async (scope, input) => ({ data: await bulkEditTasks(scope, input) }))

export const trashTasks = memberAction(taskIdsSchema, async (scope, { ids }) => {
  const count = await deleteTasks(scope, ids)
  return { message: count === 1 ? 'Task deleted.' : `${count} tasks deleted.` }
})

export const untrashTasks = memberAction(taskIdsSchema, async (scope, { ids }) => {
  const count = await restoreTasks(scope, ids)
  return { message: count === 1 ? 'Task restored.' : `${count} tasks restored.` }
})

export const addComment = memberAction(createCommentSchema, async (scope, input) => {
  await createTaskComment(scope, input)
})

export const editComment = memberAction(updateCommentSchema, async (scope, input) => {
  await updateComment(scope, input)
})

export const removeComment = memberAction(deleteCommentSchema, async (scope, { id }) => {
  await deleteComment(scope, id)
  return { message: 'Comment deleted.' }
})
