import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isFinishedIn } from './done'

export type Completion = { id: string; number: number; title: string; completionSummary: string; completedAt: Date }

/** What was completed last in a project, the latest first. */
export async function listCompletions({ tx }: Scope, projectId: string, take = 8): Promise<Completion[]> {
  const rows = await tx.task.findMany({
    where: { projectId, deletedAt: null, ...isFinishedIn(tx) }, orderBy: [{ completedAt: 'desc' }, { id: 'desc' }], take,
    select: { id: true, number: true, title: true, completionSummary: true, completedAt: true },
  })
  return rows.map((row) => ({ ...row, completionSummary: row.completionSummary ?? '', completedAt: row.completedAt! }))
}
