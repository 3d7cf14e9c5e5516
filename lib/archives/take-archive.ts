import 'server-only'
import { ConflictError, ForbiddenError } from '@/lib/errors'
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
  if (!isSignUpOpen()) throw new ForbiddenError('Organizations are made by the people who run this installation.', 'sign_up_closed')
  if (sending.has(userId)) throw new ConflictError('An archive of yours is being sent already. Wait until it is there.')
  sending.add(userId)
  try {
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
  const { manifest, close } = await openArchive(file.path)
  close()
  const { name, kind, timezone, currency, colour, modules } = manifest.organization
  const founding = { name, kind, timezone, currency, colour, modules: modules.filter((key) => key in MODULES), isEmpty: true }
  const { slug, tenantId } = await foundOrganization(founding, { userId, name: founder }, async ({ tx }, record, membershipId, keys) => {
    const at = new Date()
    await tx.$executeRaw`SELECT kernel.found_organization(${hashToken(sessionToken)}, ${record}::jsonb, ${membershipId}::uuid, ${keys}::jsonb, ${at})`
    await tx.$executeRaw`SELECT kernel.open_restore(${at})`
    // It was set up once.
    await tx.$executeRaw`SELECT kernel.finish_onboarding(${founder}, ${at})`
  }, request)
  const member = (await findMembership(tenantId, userId))!
  const storageKey = newFileKey(tenantId)
  await fileStore().put(storageKey, file)
  return withTenant(member, async (scope) => {
    const id = uuidv7()
    await scope.tx.export.createMany({ data: [{ id, requestedBy: userId, list: 'archive_upload', format: 'zip', filters: {}, rowCount: 0, fileName: 'archive.zip', sizeBytes: file.sizeBytes, storageKey, expiresAt: new Date(Date.now() + KEPT_DAYS * 86_400_000) }] })
    return { slug, job: await enqueueJob(scope, 'archive_restore', { exportId: id }) }
  }, { request })
}
