import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { InvalidError } from '@/lib/errors'
import { withPerson } from '@/lib/platform/person'
import { closeConnections } from '@/lib/testing/connections'
import { type Joiner, look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization } from '@/lib/testing/make-organization'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { findAvatar, removeAvatar, setAvatar, updateProfile } from './profile'
import { avatarSchema, profileSchema } from './schema'

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64, 1)])
const dataUrl = (bytes: Buffer, mime = 'image/png') => `data:${mime};base64,${bytes.toString('base64')}`
let nora: Joiner
beforeEach(async () => void (nora = await makeJoiner(`nora.${uuidv7()}@fern.example`)))
afterAll(closeConnections)

const set = (image: string) => withPerson(nora.userId, NO_VISITOR, (scope) => setAvatar(scope, image))
const seat = (tenantId: string, userId: string, status = 'active') => look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, status) VALUES ($1, $2, $3, 'Nora', 'member', $4)`, [tenantId, uuidv7(), userId, status])

describe('a picture', () => {
  test.each([['image/png', PNG], ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1])], ['image/webp', Buffer.from('RIFF____WEBPVP8 ', 'latin1')]])('%s is kept as it is, and replaced by the next', async (mime, bytes) => {
    await set(dataUrl(PNG))
    await set(dataUrl(bytes, mime))
    expect(await findAvatar(nora.userId, nora.userId)).toEqual({ mime, bytes })
    expect(await look('SELECT count(*)::int AS count FROM avatars WHERE user_id = $1', [nora.userId])).toEqual([{ count: 1 }])
    await withPerson(nora.userId, NO_VISITOR, removeAvatar)
    expect(await findAvatar(nora.userId, nora.userId)).toBeNull()
    expect(await look('SELECT avatar_hash FROM users WHERE id = $1', [nora.userId])).toEqual([{ avatar_hash: null }])
  })

  test('what is not what it says, is of another kind, or is too large, is refused', async () => {
    await set(dataUrl(PNG))
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
    const wrong = [dataUrl(svg), dataUrl(svg, 'image/svg+xml'), dataUrl(Buffer.from('<html>'), 'text/html'), dataUrl(PNG, 'image/jpeg'), dataUrl(PNG, 'image/webp'), dataUrl(Buffer.from('GIF89a'), 'image/gif'), dataUrl(Buffer.alloc(0)), 'data:,', 'https://evil.example/x.png', '', dataUrl(Buffer.concat([PNG, Buffer.alloc(262_144)]))]
    for (const image of wrong) await expect(set(image), image.slice(0, 40)).rejects.toBeInstanceOf(InvalidError)
    for (const image of wrong.slice(1, 3)) expect(avatarSchema.safeParse({ image }).success).toBe(false)
    expect((await findAvatar(nora.userId, nora.userId))?.bytes).toEqual(PNG)
    expect((await set(dataUrl(Buffer.concat([PNG, Buffer.alloc(262_144 - PNG.length)]))).then(() => findAvatar(nora.userId, nora.userId)))?.bytes).toHaveLength(262_144)
  })

  test('is shown to its person and to members of an organization they share, and to nobody else', async () => {
    const [shared, other] = [await makeOrganization(), await makeOrganization()]
    await seat(shared.tenantId, nora.userId)
    await set(dataUrl(PNG))
    const former = await shared.add('member')
    await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [former.userId])
    const asking = await makeJoiner(`asking.${uuidv7()}@fern.example`)
    await seat(shared.tenantId, asking.userId, 'pending_approval')
    expect(await findAvatar(shared.owner.userId, nora.userId)).not.toBeNull()
    expect(await findAvatar(nora.userId, nora.userId)).not.toBeNull()
    for (const viewer of [other.owner.userId, former.userId, asking.userId, uuidv7()]) expect(await findAvatar(viewer, nora.userId)).toBeNull()
  })

  test('of somebody who was declined or is gone is shown to no member any more', async () => {
    const organization = await makeOrganization()
    await set(dataUrl(PNG))
    for (const status of ['declined', 'removed']) {
      await seat(organization.tenantId, nora.userId, status)
      expect(await findAvatar(organization.owner.userId, nora.userId), status).toBeNull()
      await look('DELETE FROM memberships WHERE user_id = $1', [nora.userId])
    }
    await seat(organization.tenantId, nora.userId)
    expect(await findAvatar(organization.owner.userId, nora.userId)).not.toBeNull()
  })
})

describe('a profile', () => {
  test('changes what was sent and nothing else, for one person', async () => {
    const other = await makeJoiner(`other.${uuidv7()}@fern.example`)
    await withPerson(nora.userId, NO_VISITOR, (scope) => updateProfile(scope, { name: 'Nora V.', timezone: 'Europe/Lisbon', locale: 'iso' }))
    expect(await look('SELECT name, timezone, locale, email, is_super_admin, status FROM users WHERE id = $1', [nora.userId])).toEqual([{ name: 'Nora V.', timezone: 'Europe/Lisbon', locale: 'iso', email: nora.email, is_super_admin: false, status: 'active' }])
    expect(await look('SELECT name, timezone FROM users WHERE id = $1', [other.userId])).toEqual([{ name: 'Nora Vale', timezone: null }])
  })

  test('a time zone that the database does not know is refused, and nothing is changed', async () => {
    await expect(withPerson(nora.userId, NO_VISITOR, (scope) => updateProfile(scope, { name: 'Nora V.', timezone: 'Mars/Olympus', locale: 'iso' }))).rejects.toMatchObject({ status: 422, fields: { timezone: [expect.any(String)] } })
    expect(await look('SELECT name, timezone FROM users WHERE id = $1', [nora.userId])).toEqual([{ name: 'Nora Vale', timezone: null }])
  })

  test('wishes for more than it has are refused as a whole', () => {
    const good = { name: 'Nora', timezone: 'UTC', locale: 'iso' }
    expect(profileSchema.safeParse(good).success).toBe(true)
    for (const more of [{ isSuperAdmin: true }, { email: 'a@b.example' }, { status: 'active' }, { id: 'x' }, { timezone: 'Mars/Olympus' }, { timezone: '../etc' }, { locale: 'xx' }, { name: '' }, { name: 'x'.repeat(121) }]) expect(profileSchema.safeParse({ ...good, ...more }).success, JSON.stringify(more)).toBe(false)
  })
})
