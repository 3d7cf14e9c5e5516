import 'server-only'
import { notify } from '@/lib/notifications/notify'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Job } from './jobs'

const NOUNS: Record<string, string> = { import_check: 'trial of an import', import_apply: 'import', import_undo: 'undoing of an import', export_list: 'export' }

/**
 * Called once for each job that succeeded or failed, in the transaction that says so and as its requester: the one place
 * from which they are told. Their pages show it by themselves (app/[organization]/jobs/job-progress); the log has it for operators.
 */
export async function onJobFinished(scope: Scope, job: Pick<Job, 'id' | 'kind' | 'status' | 'error'>): Promise<void> {
  const { member } = scope
  console.info(JSON.stringify({ at: new Date().toISOString(), event: 'job.finished', job: job.id, kind: job.kind, status: job.status, organization: member.tenantId }))
  const noun = NOUNS[job.kind] ?? 'work'
  const title = `Your ${noun} has ${job.status === 'succeeded' ? 'finished' : 'failed'}`
  await notify(scope, [{ userId: member.userId, kind: 'job_finished', title, body: job.error ?? '', link: job.kind.startsWith('import') ? '/settings/data' : '/inbox', entityKind: 'job', entityId: job.id }])
}
