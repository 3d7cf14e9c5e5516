import 'server-only'
import { ask } from '@/lib/platform/ask'
import { deleteUnusedLabels } from '@/lib/labels/many-labels'
import { deleteUnusedPlaces } from '@/lib/tasks/many-places'
import { openTaskWriter, reserveNumbers, type NewTask } from '@/lib/tasks/many-tasks'
import { listSubtasksToUndo, undoTasks } from '@/lib/tasks/undo-tasks'
import type { ImportTarget } from './targets'
import { readTaskRow, TASK_FIELDS } from './task-fields'

export const tasksTarget: ImportTarget<NewTask> = {
  title: 'Tasks',
  module: 'projects',
  permission: 'tasks:create',
  into: 'project',
  fields: TASK_FIELDS,
  between: ['parent', 'dependsOn'],
  read: readTaskRow,
  // Addresses are the platform's: which member has one is asked before the transaction.
  lookUp: async ({ tenantId }, rows) => {
    const known = new Map<string, string | null>()
    for (const people of rows.flatMap((row) => [row.people, row.reviewers])) {
      for (const [at, person] of people.entries()) {
        const address = person.toLowerCase()
        if (!address.includes('@')) continue
        if (!known.has(address)) known.set(address, (await ask<{ user_id: string }>('member_with_address($1, $2)', [tenantId, address]))[0]?.user_id ?? null)
        const userId = known.get(address)
        if (userId) people[at] = userId
      }
    }
  },
  reserve: (scope, containerId, count) => reserveNumbers(scope, containerId!, count),
  open: (scope, containerId, first) => openTaskWriter(scope, containerId!, first),
  undo: undoTasks,
  undoFirst: listSubtasksToUndo,
  undoHelpers: async (scope, helpers) => {
    await deleteUnusedLabels(scope, helpers.labels ?? [])
    await deleteUnusedPlaces(scope, helpers)
  },
}
