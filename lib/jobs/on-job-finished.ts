import 'server-only'
import { notify } from '@/lib/notifications/notify'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Job } from './jobs'

export type FinishedJob = Pick<Job, 'id' | 'kind' | 'status' | 'error'> & { payload: Record<string, unknown> }

// Not what somebody waits for in an open dialog: trying an import.
const TITLES: Record<string, string> = { export_list: 'Your export', import_apply: 'Your import', import_undo: 'Undoing your import', archive: 'The archive', archive_restore: 'Restoring from the archive' }

/**
 * Called once for each job that succeeded or failed, in the transaction that says so and as its requester: the one place
 * from which they are told. Pages that are open show it by themselves (app/[organization]/jobs/job-progress).
 */
export async function onJobFinished(scope: Scope, { id, kind, status, error, payload }: FinishedJob): Promise<void> {
  console.info(JSON.stringify({ at: new Date().toISOString(), event: 'job.finished', job: id, kind, status, organization: scope.member.tenantId }))
  const title = TITLES[kind]
  if (!title) return
  const link = typeof payload.batch === 'string' ? `/settings/data/${payload.batch}` : '/settings/data'
  await notify(scope, [{ userId: scope.member.userId, kind: 'job_finished', title: `${title} ${status === 'succeeded' ? 'is done' : 'has failed'}`, body: error ?? '', link, entityKind: 'job', entityId: id }])
}
