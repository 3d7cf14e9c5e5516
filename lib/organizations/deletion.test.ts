import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { ask } from '@/lib/platform/ask'
import { findMembership } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { checksumsOf, tracesOf } from '@/lib/testing/checksums'
import { closeConnections, withConnection } from '@/lib/testing/connections'
import { look } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { makePerson } from '@/lib/testing/make-person'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
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
    await expect(ask('erase_organization($1, $2, $3)', [twin.tenantId, new Date(), 10])).rejects.toThrow('not to be erased')
    expect(await restoreOrganization(twin.owner.userId, twin.tenantId, NO_VISITOR)).toEqual({ slug: twin.slug })
    expect(await isOpen(twin)).toBe(true)
    const { audit_events: _events, audit_details: _details, ...kept } = await checksumsOf(twin.tenantId)
    const { audit_events: _before, audit_details: _was, ...was } = before
    expect(kept).toEqual(was)
    expect((await look<{ action: string }>(`SELECT action FROM audit_events WHERE tenant_id = $1 AND action IN ('organization.deleted', 'organization.restored') ORDER BY at`, [twin.tenantId])).map(({ action }) => action)).toEqual(['organization.deleted', 'organization.restored'])
  })
})

describe('eraseDue', () => {
  test('goes on where it was, so many rows a call; one that cannot be erased now keeps no other waiting', async () => {
    const [first, held] = await makeTwins()
    const free = await makeOrganization()
    const due = [first, held, free]
    for (const { tenantId } of due) await look(`UPDATE organizations SET deleted_at = now(), purge_after = now() - interval '1 second' WHERE id = $1`, [tenantId])
    const call = async (rows = 10) => (await ask<{ gone: string; is_over: boolean }>('erase_organization($1, $2, $3)', [due[0]!.tenantId, new Date(), rows]))[0]!
    expect([await call(), await call()]).toEqual([{ gone: '10', is_over: false }, { gone: '10', is_over: false }])
    // Half erased, it is nobody's to bring back, whatever the clock of the asker says.
    await expect(restoreOrganization(due[0]!.owner.userId, due[0]!.tenantId, NO_VISITOR)).rejects.toThrow(NotFoundError)
    expect(await withPerson(due[0]!.owner.userId, NO_VISITOR, ({ tx }) => tx.$queryRaw`SELECT * FROM kernel.restore_organization(${due[0]!.tenantId}::uuid, ${uuidv7()}::uuid, now() - interval '1 year')`)).toEqual([])
    let calls = 0
    for (let row = await call(30); !row.is_over; row = await call(30)) calls++
    expect(calls).toBeGreaterThan(5)
    expect(await checksumsOf(due[0]!.tenantId)).toEqual({})
    await withConnection('DATABASE_URL', async (client) => {
      await client.query('BEGIN')
      await client.query('SELECT FROM organizations WHERE id = $1 FOR UPDATE', [held.tenantId])
      await expect(eraseDue()).rejects.toBeInstanceOf(AggregateError)
      expect(await checksumsOf(free.tenantId)).toEqual({})
      await client.query('ROLLBACK')
    })
    expect((await eraseDue()).map(({ tenantId }) => tenantId)).toContain(held.tenantId)
  }, 60_000)

  test('those who stood in it for what they made elsewhere go with it, and nobody else', async () => {
    const [gone, kept] = await Promise.all([makeOrganization(), makeOrganization()])
    const [ghost, both, person] = [await makePerson({ kind: 'system', name: 'Robin Former' }), await makePerson({ kind: 'system' }), await makePerson()]
    const stand = (tenantId: string, userId: string) => look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, status) VALUES ($1, $2, $3, 'x', 'viewer', 'removed')`, [tenantId, uuidv7(), userId])
    for (const { id } of [ghost, both, person]) await stand(gone.tenantId, id)
    await stand(kept.tenantId, both.id)
    for (const { tenantId } of [gone, kept]) await look('INSERT INTO notification_mutes (user_id, organization_id) VALUES ($1, $2)', [person.id, tenantId])
    await look(`UPDATE organizations SET deleted_at = now(), purge_after = now() - interval '1 second' WHERE id = $1`, [gone.tenantId])
    await eraseDue()
    expect(await look('SELECT id FROM users WHERE id = ANY ($1) ORDER BY id', [[ghost.id, both.id, person.id]])).toEqual([both.id, person.id].sort().map((id) => ({ id })))
    expect(await look('SELECT organization_id FROM notification_mutes WHERE user_id = $1', [person.id])).toEqual([{ organization_id: kept.tenantId }])
  })

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
    await expect(ask('erase_organization($1, $2, $3)', [other.tenantId, new Date(Date.now() + 40 * 86_400_000), 10])).rejects.toThrow('not to be erased')
    expect(await checksumsOf(other.tenantId)).toEqual(before)
  })
})
