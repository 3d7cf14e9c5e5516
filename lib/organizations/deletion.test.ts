import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { findMembership } from '@/lib/platform/directory'
import { checksumsOf, tracesOf } from '@/lib/testing/checksums'
import { closeConnections } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { deleteOrganization, eraseDue, listDeleted, restoreOrganization } from './deletion'

let twin: Twin, other: Twin
beforeAll(async () => {
  ;[twin, other] = await makeTwins()
}, 60_000)
afterAll(closeConnections)

const remove = (by: Member, confirmation = by.organization.slug) => withTenant(by, (scope) => deleteOrganization(scope, { confirmation }))
const isOpen = async ({ tenantId, owner }: Twin) => (await findMembership(tenantId, owner.userId)) !== null

describe('deleteOrganization and restoreOrganization', () => {
  test('the address is typed, an owner asks, and no other owner is left', async () => {
    await expect(remove(twin.owner, 'something')).rejects.toMatchObject({ status: 422, fields: { confirmation: [expect.any(String)] } })
    const admin = await twin.add('admin')
    await expect(remove(admin)).rejects.toThrow(ForbiddenError)
    await expect(withTenant({ ...admin, role: 'owner' } as Member, ({ tx }) => tx.$queryRaw`SELECT kernel.delete_organization(now())`)).rejects.toThrow('role of owner')
    const second = await twin.add('owner')
    await expect(remove(twin.owner)).rejects.toMatchObject({ code: 'other_owners' })
    await look(`UPDATE memberships SET role = 'member' WHERE user_id = $1`, [second.userId])
    expect(await isOpen(twin)).toBe(true)
  })

  test('gone at once, and back complete by its owner and nobody else', async () => {
    const before = await checksumsOf(twin.tenantId)
    await remove(twin.owner)
    expect(await isOpen(twin)).toBe(false)
    await expect(remove(twin.owner)).rejects.toThrow(NotFoundError)
    expect(await listDeleted(twin.owner.userId)).toMatchObject([{ id: twin.tenantId, name: 'Twin' }])
    expect(await listDeleted(other.owner.userId)).toEqual([])
    for (const stranger of [other.owner.userId, (await look<{ user_id: string }>(`SELECT user_id FROM memberships WHERE tenant_id = $1 AND role = 'admin'`, [twin.tenantId]))[0]!.user_id])
      await expect(restoreOrganization(stranger, twin.tenantId, NO_VISITOR)).rejects.toThrow(NotFoundError)
    await expect(ask('erase_organization($1, $2)', [twin.tenantId, new Date()])).rejects.toThrow('not to be erased')
    expect(await restoreOrganization(twin.owner.userId, twin.tenantId, NO_VISITOR)).toEqual({ slug: twin.slug })
    expect(await isOpen(twin)).toBe(true)
    const { audit_events: _events, audit_details: _details, ...kept } = await checksumsOf(twin.tenantId)
    const { audit_events: _before, audit_details: _was, ...was } = before
    expect(kept).toEqual(was)
    expect((await look<{ action: string }>(`SELECT action FROM audit_events WHERE tenant_id = $1 AND action IN ('organization.deleted', 'organization.restored') ORDER BY at`, [twin.tenantId])).map(({ action }) => action)).toEqual(['organization.deleted', 'organization.restored'])
  })
})

describe('eraseDue', () => {
  test('after its 30 days nothing is left of it anywhere, and the other organization is as it was', async () => {
    const before = await checksumsOf(other.tenantId)
    expect(Object.keys(before).sort()).toEqual((await look<{ name: string }>(`SELECT table_name AS name FROM kernel.tables WHERE family <> 'global' ORDER BY 1`)).map(({ name }) => name))
    await remove(twin.owner)
    expect((await eraseDue()).map(({ tenantId }) => tenantId)).not.toContain(twin.tenantId)
    await look(`UPDATE organizations SET purge_after = now() - interval '1 second' WHERE id = $1`, [twin.tenantId])
    expect(await listDeleted(twin.owner.userId)).toEqual([])
    await expect(restoreOrganization(twin.owner.userId, twin.tenantId, NO_VISITOR)).rejects.toThrow(NotFoundError)
    const [erased] = (await eraseDue()).filter(({ tenantId }) => tenantId === twin.tenantId)
    expect(erased!.rows).toBeGreaterThan(Object.keys(before).length)
    expect(await checksumsOf(twin.tenantId)).toEqual({})
    // That it was erased, and nothing else, is kept.
    expect(await tracesOf(twin.tenantId)).toEqual(['platform_audit_events.subject'])
    expect(await tracesOf(twin.canary)).toEqual([])
    expect(await checksumsOf(other.tenantId)).toEqual(before)
  }, 60_000)

  test('no function deletes a row of an organization whose time is not over', async () => {
    const before = await checksumsOf(other.tenantId)
    await look('UPDATE organizations SET deleted_at = now(), purge_after = now() + interval \'1 day\' WHERE id = $1', [other.tenantId])
    await expect(ask('erase_organization($1, $2)', [other.tenantId, new Date(Date.now() + 40 * 86_400_000)])).rejects.toThrow('not to be erased')
    expect(await checksumsOf(other.tenantId)).toEqual(before)
  })
})
