import { Readable } from 'node:stream'
import { takeArchive, withTurnToSend } from '@/lib/archives/take-archive'
import { withSpooled, type Spooled } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import { runDueJob } from '@/lib/jobs/runner'
import { forgetAttempts } from '@/lib/limits/limits'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { look } from './make-joiner'
import { withEnv } from './with-env'

/** Other tests run jobs too: until ours is over, whoever does it. */
export async function runJobsOf(tenantId: string): Promise<void> {
  const waiting = () => look(`SELECT FROM jobs WHERE tenant_id = $1 AND status IN ('queued', 'running') AND run_after < now()`, [tenantId])
  for (let n = 0; (await waiting()).length > 0; n++) {
    if (n > 600) throw new Error('The job does not end.')
    if (!(await runDueJob())) await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The newest archive of an organization. */
export async function readExport(tenantId: string): Promise<Buffer> {
  const [{ storage_key: key } = { storage_key: '' }] = await look<{ storage_key: string }>(`SELECT storage_key FROM exports WHERE tenant_id = $1 AND list = 'archive' ORDER BY id DESC LIMIT 1`, [tenantId])
  const pieces: Buffer[] = []
  for await (const piece of (await fileStore().read(key))!) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Sends an archive as somebody, who may do so as often as a test wants. */
export async function restoreAs(owner: { userId: string }, bytes: Buffer, change = (file: Spooled) => file) {
  const { token } = await withPerson(owner.userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
  const person = (await findPerson(token))!
  await forgetAttempts('restore', person.userId)
  return withEnv({ SIGN_UP: 'open', MAILBOX: '1' }, () => withSpooled(Readable.from([bytes]), (file) => withTurnToSend(person, () => takeArchive(person, token, change(file)))))
}

export const jobOf = async (tenantId: string) => (await look<{ status: string; error: string | null; result: Record<string, unknown> }>(`SELECT status, error, result FROM jobs WHERE tenant_id = $1 AND kind = 'archive_restore'`, [tenantId]))[0]!
export const tenantOf = async (slug: string) => (await look<{ id: string }>('SELECT id FROM organizations WHERE slug = $1', [slug]))[0]!.id
