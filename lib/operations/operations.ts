import 'server-only'
import { generalOperations } from './general'
import { ideaOperations } from './ideas'
import { notebookOperations } from './notebook'
import type { Operation } from './operation'
import { planOperations } from './plan'
import { projectOperations } from './projects'
import { taskChanges } from './task-changes'
import { taskReads } from './tasks'
import { templateOperations } from './templates'

/** Everything that a program can have done. A module adds its own here; REST, tools and the tests read this list. */
export const OPERATIONS: readonly Operation[] = [...generalOperations, ...projectOperations, ...planOperations, ...taskReads, ...taskChanges, ...notebookOperations, ...ideaOperations, ...templateOperations]

/** @throws Error for a name that is none: a mistake of ours */
export function operationOf(name: string): Operation {
  const found = OPERATIONS.find((one) => one.name === name)
  if (!found) throw new Error(`There is no operation ${name}.`)
  return found
}
