import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { authorize, can, type Permission } from '@/lib/authorization/permissions'
import { ConflictError, ForbiddenError, InvalidError, NotFoundError } from '@/lib/errors'
import { isOn } from '@/lib/modules/modules'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { makeKeyText } from './key-text'
import type { CreateApiKey } from './schema'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const KEYS_MAX = 50

/**
 * A key of one's own. Its text is answered here and never again.
 * @throws ForbiddenError when API access is off, or a permission is not the person's · InvalidError for a project they cannot see · ConflictError with 50 keys
 */
export async function createApiKey(scope: Scope, { name, scopes, containerId, days, ratePerHour }: CreateApiKey): Promise<{ id: string; text: string }> {
  authorize(scope, 'api_keys:create')
  const { tx, member } = scope
  requireApiAccess(scope)
  const beyond = scopes.filter((permission) => !can(member.role, permission))
  if (beyond.length > 0) throw new InvalidError('A key has no right that you have not.', { scopes: ['A key has no right that you have not.'] })
  if (containerId && !(await tx.container.findFirst({ where: { id: containerId } }))) throw new InvalidError('Choose a project of yours.', { containerId: ['Choose a project of yours.'] })
  const now = new Date()
  if ((await tx.apiKey.count({ where: { ownerUserId: member.userId, revokedAt: null, expiresAt: { gt: now } } })) >= KEYS_MAX) throw new ConflictError(`You have ${KEYS_MAX} keys. Revoke one first.`)
  const [id, { text, prefix, hash }] = [uuidv7(), makeKeyText()]
  await tx.apiKey.createMany({ data: [{ id, ownerUserId: member.userId, name, prefix, keyHash: hash, scopes: [...new Set(scopes)], containerId, ratePerHour, expiresAt: new Date(now.getTime() + days * DAY_MS) }] })
  await recordAudit(scope, { action: 'api_key.created', entityKind: 'api_key', entityId: id, label: `${name} (${prefix})`, ownerUserId: null, changes: { scopes: [null, scopes] } })
  return { id, text }
}

/**
 * A new key in the place of one's own, with the same name, rights and length of life; the old one goes on for some hours, or
 * dies at once. Of any number at the same time, one succeeds.
 * @throws NotFoundError when it is not one's own, ended, or rotated already
 */
export async function rotateApiKey(scope: Scope, { id, overlapHours }: { id: string; overlapHours: number }): Promise<{ id: string; text: string }> {
  authorize(scope, 'api_keys:create')
  const { tx, member } = scope
  requireApiAccess(scope)
  const now = new Date()
  const live = { id, ownerUserId: member.userId, revokedAt: null, rotatedAt: null, expiresAt: { gt: now } }
  const old = await tx.apiKey.findFirst({ where: live })
  if (!old) throw new NotFoundError()
  const end = new Date(Math.min(old.expiresAt.getTime(), now.getTime() + overlapHours * HOUR_MS))
  const { count } = await tx.apiKey.updateMany({ where: live, data: { rotatedAt: now, expiresAt: end, ...(overlapHours === 0 && { revokedAt: now }) } })
  if (count === 0) throw new NotFoundError()
  const [newId, { text, prefix, hash }] = [uuidv7(), makeKeyText()]
  const { name, scopes, containerId, ratePerHour, createdAt, expiresAt } = old
  await tx.apiKey.createMany({ data: [{ id: newId, ownerUserId: member.userId, name, prefix, keyHash: hash, scopes, containerId, ratePerHour, rotatedFromId: id, expiresAt: new Date(now.getTime() + (expiresAt.getTime() - createdAt.getTime())) }] })
  await recordAudit(scope, { action: 'api_key.rotated', entityKind: 'api_key', entityId: id, label: `${name} (${old.prefix})`, changes: { prefix: [old.prefix, prefix], overlapHours: [null, overlapHours] } })
  return { id: newId, text }
}

/** One's own, or as an owner or admin anybody's. Its next call is refused. @throws NotFoundError when there is none to revoke */
export async function revokeApiKey(scope: Scope, id: string): Promise<void> {
  authorize(scope, 'api_keys:create')
  const { tx, member } = scope
  const now = new Date()
  const mine = await tx.apiKey.findFirst({ where: { id, revokedAt: null } })
  if (mine) {
    const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
    if (count === 0) throw new NotFoundError()
  } else if (!can(member.role, 'api_keys:manage')) throw new NotFoundError()
  else authorize(scope, 'api_keys:manage')
  const name = mine?.name ?? (await tx.$queryRaw<{ name: string | null }[]>`SELECT kernel.revoke_api_key(${id}::uuid, ${now}) AS name`)[0]?.name
  if (!name) throw new NotFoundError()
  await recordAudit(scope, { action: 'api_key.revoked', entityKind: 'api_key', entityId: id, label: name, changes: { by: [null, member.userId] } })
}

export type ApiKeyLine = {
  id: string; ownerUserId: string; ownerName: string; name: string; prefix: string; scopes: Permission[]; containerId: string | null; containerName: string | null
  ratePerHour: number; usageCount: number; lastUsedAt: Date | null; expiresAt: Date; state: 'active' | 'expired' | 'revoked' | 'rotated'; isRotated: boolean; createdAt: Date
}
type Row = Omit<ApiKeyLine, 'ownerName' | 'containerName' | 'state' | 'isRotated' | 'usageCount' | 'scopes'> & { scopes: string[]; usageCount: bigint; revokedAt: Date | null; rotatedAt: Date | null }

/** One's own keys, or as an owner or admin everybody's; the newest first. */
export async function listApiKeys(scope: Scope, whose: 'mine' | 'all' = 'mine'): Promise<ApiKeyLine[]> {
  authorize(scope, whose === 'all' ? 'api_keys:manage' : 'api_keys:create')
  const { tx } = scope
  const rows: Row[] = whose === 'mine'
    ? await tx.apiKey.findMany({ orderBy: { id: 'desc' }, take: 500 })
    : await tx.$queryRaw<Row[]>`
        SELECT id, owner_user_id AS "ownerUserId", name, prefix, scopes, container_id AS "containerId", rate_per_hour AS "ratePerHour", usage_count AS "usageCount",
          last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt", rotated_at AS "rotatedAt", created_at AS "createdAt"
          FROM kernel.list_api_keys()`
  const people = await tx.membership.findMany({ where: { userId: { in: rows.map(({ ownerUserId }) => ownerUserId) } }, select: { userId: true, displayName: true } })
  const containers = await tx.container.findMany({ where: { id: { in: rows.flatMap(({ containerId }) => containerId ?? []) } }, select: { id: true, name: true } })
  const now = new Date()
  return rows.map(({ revokedAt, rotatedAt, usageCount, scopes, ...row }) => ({
    ...row, isRotated: rotatedAt !== null, usageCount: Number(usageCount), scopes: scopes as Permission[], ownerName: people.find(({ userId }) => userId === row.ownerUserId)?.displayName ?? '',
    containerName: row.containerId && (containers.find(({ id }) => id === row.containerId)?.name ?? 'a project that you cannot see'),
    state: rotatedAt && (revokedAt || row.expiresAt <= now) ? 'rotated' : revokedAt ? 'revoked' : row.expiresAt <= now ? 'expired' : 'active',
  }))
}

function requireApiAccess({ member }: Scope): void {
  if (!isOn(member, 'api_access')) throw new ForbiddenError('API access is switched off here. An owner or admin can switch it on.', 'module_off')
}
