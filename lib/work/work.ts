import 'server-only'
import { listTasks, taskFilterSchema, type TaskRow } from '@/lib/tasks/task-list'
import type { Scope } from '@/lib/tenancy/with-tenant'

const SECTION_SIZE = 50

export type Work = { overdue: TaskRow[]; today: TaskRow[]; blocked: TaskRow[]; next: TaskRow[]; total: number; totalIsCapped: boolean }

/** What waits for me: my open tasks, each in the first section that fits. `today` is `YYYY-MM-DD` in my time zone. */
export async function listMyWork(scope: Scope, today: string): Promise<Work> {
  const filter = taskFilterSchema.parse({ assignee: 'me', status: 'open', sort: 'due' })
  const { tasks, total, totalIsCapped } = await listTasks(scope, filter, { today, pageSize: SECTION_SIZE * 2 })
  const day = (task: TaskRow) => task.dueOn?.toISOString().slice(0, 10) ?? null
  const work: Work = { overdue: [], today: [], blocked: [], next: [], total, totalIsCapped }
  for (const task of tasks) {
    const due = day(task)
    const section = task.status === 'blocked' ? 'blocked' : due && due < today ? 'overdue' : due === today ? 'today' : 'next'
    work[section].push(task)
  }
  work.next.sort((a, b) => PRIORITY_ORDER.indexOf(a.priority) - PRIORITY_ORDER.indexOf(b.priority))
  return work
}

const PRIORITY_ORDER = ['critical', 'urgent', 'high', 'medium', 'low']
