import { applyImport, checkImport, undoImport, uploadImport } from '@/lib/imports/imports'
import type { Mapping } from '@/lib/imports/schema'
import { getBatch } from '@/lib/imports/batches'
import { getJob } from '@/lib/jobs/jobs'
import { runDueJob } from '@/lib/jobs/runner'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { withFile } from './make-file'

/** The steps of the import dialog, one by one, for a database that nobody else's jobs are in. */
export function importSteps(member: Member) {
  const job = async (start: Promise<string>) => {
    const id = await start
    while (await runDueJob()) continue
    return withTenant(member, (scope) => getJob(scope, id))
  }
  return {
    upload: (content: string | Buffer, { target = 'tasks', into = null as string | null, name = 'list.csv' } = {}) => withFile(content, (file) => uploadImport(member, { targetKey: target, containerId: into, fileName: name, file })),
    check: (id: string, mapping: Mapping, reason = '') => job(withTenant(member, (scope) => checkImport(scope, { id, mapping, reason }))),
    apply: (id: string, mode: 'skip_failed' | 'all_or_nothing' = 'skip_failed') => job(withTenant(member, (scope) => applyImport(scope, { id, mode }))),
    undo: (id: string) => job(withTenant(member, (scope) => undoImport(scope, id))),
    read: (id: string) => withTenant(member, (scope) => getBatch(scope, id)),
  }
}
