import 'server-only'
import { ConflictError, ForbiddenError, InvalidError } from '@/lib/errors'
import { newFileKey } from '@/lib/files/keys'
import type { Spooled } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import { enqueueJob } from '@/lib/jobs/jobs'
import { takeAttempt } from '@/lib/limits/limits'
import { MODULES } from '@/lib/modules/modules'
import { foundOrganization } from '@/lib/organizations/founding'
import { findMembership, type Person } from '@/lib/platform/directory'
import { isSignUpOpen } from '@/lib/sign-up/sign-up'
import { withTenant, type RequestFacts } from '@/lib/tenancy/with-tenant'
import { hashToken } from '@/lib/tokens/token'
import { v7 as uuidv7 } from '@/lib/uuid'
import { openArchive } from './read-archive'

const KEPT_DAYS = 7
const sending = new Set<string>()

/**
 * Before two gigabytes are taken in for nothing: who may found an organization, and one at a time.
 * @throws ForbiddenError `sign_up_closed` · ConflictError · TooManyRequestsError
 */
export async function withTurnToSend<T>({ userId }: Person, work: () => Promise<T>): Promise<T> {
  if (!(await isSignUpOpen())) throw new ForbiddenError('Organizations are made by the people who run this installation.', 'sign_up_closed')
  if (sending.has(userId)) throw new ConflictError('An archive of yours is being sent already. Wait until it is there.')
  sending.add(userId)
  try {
    await takeAttempt('restore', userId)
    await takeAttempt('found', userId)
    return await work()
  } finally {
    sending.delete(userId)
  }
}

/**
 * Founds an organization, empty, for an archive that was sent, and queues its restoration as the person's own job there.
 * @throws InvalidError when it is no archive
 */
export async function takeArchive({ userId, name: founder }: Person, sessionToken: string, file: Spooled, request?: RequestFacts): Promise<{ slug: string; job: string }> {
  const { manifest, has, close } = await openArchive(file.path)
  const missing = [...Object.values(manifest.tables), ...manifest.files].find((part) => !has(part))
  close()
  if (missing) throw new InvalidError(`This archive is damaged: ${missing.path} is not in it.`)
  const tenantId = uuidv7()
  const { name, kind, timezone, currency, colour, modules } = manifest.organization
  const founding = { name, kind, timezone, currency, colour, modules: modules.filter((key) => key in MODULES), isEmpty: true, tenantId }
  // Before anything is made: a store that is away leaves no empty organization behind, at worst a file without a row.
  const storageKey = newFileKey(tenantId)
  await fileStore().put(storageKey, file)
  const { slug } = await foundOrganization(founding, { userId, name: founder }, async ({ tx }, record, membershipId, keys) => {
    const at = new Date()
    await tx.$executeRaw`SELECT kernel.found_organization(${hashToken(sessionToken)}, ${record}::jsonb, ${membershipId}::uuid, ${keys}::jsonb, ${at})`
    await tx.$executeRaw`SELECT kernel.open_restore(${at})`
    // It was set up once.
    await tx.$executeRaw`SELECT kernel.finish_onboarding(${founder}, ${at})`
  }, request)
  const member = (await findMembership(tenantId, userId))!
  return withTenant(member, async (scope) => {
    const id = uuidv7()
    await scope.tx.export.createMany({ data: [{
      id, requestedBy: userId, list: 'archive_upload', format: 'zip', filters: {}, rowCount: 0, fileName: 'archive.zip', sizeBytes: file.sizeBytes, storageKey,
      expiresAt: new Date(Date.now() + KEPT_DAYS * 86_400_000),
    }] })
    return { slug, job: await enqueueJob(scope, 'archive_restore', { exportId: id }) }
  }, { request })
}
