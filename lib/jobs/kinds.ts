import 'server-only'
import type { JobRun } from './job-run'

/** What a kind of job does. It answers what the requester gets to see of it; a refusal that it throws ends the job with its sentence. */
export type JobHandler = (run: JobRun) => Promise<Record<string, unknown> | void>

/**
 * Every kind there is, and the module that does it, loaded when one is first taken. A kind that an older release has queued
 * keeps its line here until none can be left.
 */
export const JOB_KINDS: Record<string, () => Promise<JobHandler>> = {
  import_check: async () => (await import('@/lib/imports/run-import')).runCheck,
  import_apply: async () => (await import('@/lib/imports/run-import')).runApply,
  import_undo: async () => (await import('@/lib/imports/run-undo')).runUndo,
  archive: async () => (await import('@/lib/archives/write-archive')).runArchive,
  archive_restore: async () => (await import('@/lib/archives/restore-archive')).runRestore,
  export_list: async () => (await import('@/lib/exports/exports')).runExport,
}
