import 'server-only'
import type { BatchStatus, Counts } from '@/lib/imports/batches'
import { describeCounts } from '@/lib/imports/words'
import { notify } from '@/lib/notifications/notify'
import { log } from '@/lib/telemetry/log'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Job } from './jobs'

export type FinishedJob = Pick<Job, 'id' | 'kind' | 'status' | 'error'> & { payload: Record<string, unknown> }

// Not what somebody waits for in an open dialog: trying an import.
const TITLES: Record<string, (file: string) => string> = {
  export_list: () => 'Your export', import_apply: (file) => `Your import of ${file}`, import_undo: (file) => `Undoing your import of ${file}`, archive: () => 'The archive', archive_restore: () => 'Restoring from the archive',
}

/**
 * Called once for each job that succeeded or failed, in the transaction that says so and as its requester: the one place
 * from which they are told. Pages that are open show it by themselves (app/[organization]/jobs/job-progress).
 */
export async function onJobFinished(scope: Scope, { id, kind, status, error, payload }: FinishedJob): Promise<void> {
  log('info', 'job.finished', { job: id, kind, status, organization: scope.member.tenantId })
  const title = TITLES[kind]
  if (!title) return
  const batch = typeof payload.batch === 'string' ? await scope.tx.importBatch.findFirst({ where: { id: payload.batch }, select: { id: true, fileName: true, counts: true, status: true } }) : null
  const counts = batch ? describeCounts(batch.counts as Counts, batch.status as BatchStatus) : ''
  await notify(scope, [{
    userId: scope.member.userId, kind: 'job_finished', title: `${title(batch?.fileName ?? 'a file')} ${status === 'succeeded' ? 'is done' : 'has failed'}`,
    body: [counts, error].filter(Boolean).join('. '), link: batch ? `/settings/data/${batch.id}` : '/settings/data', entityKind: 'job', entityId: id,
  }])
}
