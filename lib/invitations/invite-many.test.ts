import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { inviteManySchema } from '@/lib/access/schema'
import { ConflictError, ForbiddenError, GoneError, InvalidError, NotFoundError } from '@/lib/errors'
import { createTeam } from '@/lib/teams/teams'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { setLimit } from '@/lib/testing/set-limit'
import { withEnv } from '@/lib/testing/with-env'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { acceptInvitation, declineInvitation, findInvitation } from './acceptance'
import { listInvitations } from './invitation-list'
import { renewInvitation, revokeInvitation } from './invitations'
import { inviteMany } from './invite-many'

let organization: TestOrganization, other: TestOrganization
let mark: string
beforeEach(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  mark = uuidv7()
})
afterAll(closeConnections)

const invite = (member: Member, lines: string, input: Record<string, unknown> = {}) => withTenant(member, (scope) => inviteMany(scope, inviteManySchema.parse({ lines, delivery: 'link', ...input })))
const outcomes = async (member: Member, lines: string, input: Record<string, unknown> = {}) => (await invite(member, lines, input)).map(({ outcome }) => outcome)
const renew = (member: Member, id: string, delivery: 'email' | 'link' = 'link') => withTenant(member, (scope) => renewInvitation(scope, { id, delivery }))
const list = (member: Member, state: 'open' | 'declined' | 'expired' | '' = '', q = '') => withTenant(member, async (scope) => (await listInvitations(scope, { state, q, before: '' })).invitations)
const pathOf = (link: string | null) => link!.split('/invitations/')[1]!
const team = (name: string) => withTenant(organization.owner, (scope) => createTeam(scope, { name, userIds: [] }))
const addressOf = async ({ userId }: Member) => (await look<{ email: string }>('SELECT email FROM users WHERE id = $1', [userId]))[0]!.email

describe('inviteMany', () => {
  test('each line says what came of it, and those that are right are invited with their own role and teams', async () => {
    const [office, garden] = [await team('Office'), await team('Garden')]
    const member = await organization.add('member')
    await invite(organization.owner, `old.${mark}@fern.example`)
    const rows = await invite(organization.owner, [
      `a.${mark}@fern.example`, `b.${mark}@fern.example,viewer,garden`, `old.${mark}@fern.example`, await addressOf(member), 'nobody', `A.${mark}@FERN.example`, `c.${mark}@fern.example,king`, `d.${mark}@fern.example,member,Nowhere`,
    ].join('\n'), { role: 'manager', teamIds: [office.id] })
    expect(rows.map(({ outcome }) => outcome)).toEqual(['invited', 'invited', 'replaced', 'member', 'invalid', 'repeated', 'team', 'team'])
    expect((await list(organization.owner, 'open')).map(({ role, teams }) => `${role} ${teams.join()}`).sort()).toEqual(['manager Office', 'manager Office', 'viewer Garden'])
    expect(await findInvitation(pathOf(rows[1]!.link))).toMatchObject({ state: 'open', role: 'viewer', teams: ['Garden'] })
    expect(garden.id).not.toBe(office.id)
  })

  test('an admin invites no owner, whatever the line says, and everybody else', async () => {
    const lines = `a.${mark}@fern.example,owner\nb.${mark}@fern.example`
    expect(await outcomes(await organization.add('admin'), lines)).toEqual(['forbidden', 'invited'])
    expect(await outcomes(organization.owner, lines)).toEqual(['invited', 'replaced'])
  })

  test.each(['manager', 'member', 'field', 'viewer'] as const)('a %s invites nobody, makes no link', async (role) => {
    const [{ id }] = await invite(organization.owner, `a.${mark}@fern.example`).then(() => list(organization.owner)) as { id: string }[] as [{ id: string }]
    const member = await organization.add(role)
    for (const attempt of [() => invite(member, `b.${mark}@fern.example`), () => renew(member, id), () => list(member)]) await expect(attempt()).rejects.toBeInstanceOf(ForbiddenError)
    expect(await list(organization.owner)).toHaveLength(1)
  })

  test('two hundred at once; one more is told before anything is done, and an hour gives no more than that', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, n) => `${n}.${mark}@fern.example`).join('\n')
    await expect(invite(organization.owner, lines(201))).rejects.toBeInstanceOf(InvalidError)
    expect(await list(organization.owner)).toEqual([])
    await invite(organization.owner, `first.${mark}@fern.example`)
    const rows = await outcomes(organization.owner, lines(200))
    expect(rows.filter((outcome) => outcome === 'invited')).toHaveLength(199)
    expect(rows.at(-1)).toBe('limit')
  })

  test('once the seats of the plan are given away the lines after are told so, and those that have one keep it', async () => {
    const seats = (most: number) => setLimit(organization.tenantId, 'members', most)
    await invite(organization.owner, `old.${mark}@fern.example\nlate.${mark}@fern.example`)
    await look(`UPDATE invitations SET expires_at = now() - interval '1 day' WHERE tenant_id = $1 AND email LIKE 'late.%'`, [organization.tenantId])
    await seats(4)
    const lines = ['a', 'old', 'nobody', 'late', 'b'].map((name) => (name === 'nobody' ? name : `${name}.${mark}@fern.example`)).join('\n')
    expect(await outcomes(organization.owner, lines)).toEqual(['invited', 'replaced', 'invalid', 'replaced', 'seat'])
    // Below what is in use nothing goes out, not even anew: the database would refuse it.
    await seats(2)
    expect(await outcomes(organization.owner, lines)).toEqual(['seat', 'seat', 'invalid', 'seat', 'seat'])
    await seats(5)
    expect(await outcomes(organization.owner, lines)).toEqual(['replaced', 'replaced', 'invalid', 'replaced', 'invited'])
    expect(await list(organization.owner, 'open')).toHaveLength(4)
    expect(await list(other.owner)).toEqual([])
  })

  test('a team of another organization is nobody’s', async () => {
    const foreign = await withTenant(other.owner, (scope) => createTeam(scope, { name: 'Theirs', userIds: [] }))
    expect(await outcomes(organization.owner, `a.${mark}@fern.example`, { teamIds: [foreign.id] })).toEqual(['team'])
    expect(await outcomes(organization.owner, `a.${mark}@fern.example,viewer,Theirs`)).toEqual(['team'])
    expect(await list(other.owner)).toEqual([])
  })
})

describe('a link made anew', () => {
  test('kills the old one, counts only what is mailed, and five times are enough', async () => {
    const [row] = await invite(organization.owner, `a.${mark}@fern.example`, { days: '3' })
    const [{ id }] = await list(organization.owner) as { id: string }[] as [{ id: string }]
    const admin = await organization.add('admin')
    const renewed = await renew(admin, id)
    expect([(await findInvitation(pathOf(row!.link))), (await findInvitation(pathOf(renewed.link)))?.state]).toEqual([null, 'open'])
    expect((await findInvitation(pathOf(renewed.link)))?.inviter).toBe(admin.displayName)
    await withEnv({ MAILBOX: '1' }, async () => {
      await look('UPDATE invitations SET resend_count = 4 WHERE id = $1', [id])
      await renew(organization.owner, id, 'email')
      await expect(renew(organization.owner, id, 'email')).rejects.toBeInstanceOf(ConflictError)
    })
    expect(await look(`SELECT FROM mails WHERE kind = 'invitation' AND to_address = $1`, [`a.${mark}@fern.example`])).toHaveLength(1)
  })

  test('revives one that is too old or whose inviter has gone, and none that was withdrawn; another organization finds nothing', async () => {
    await invite(await organization.add('admin'), `a.${mark}@fern.example`)
    const [{ id }] = await list(organization.owner) as { id: string }[] as [{ id: string }]
    await look(`UPDATE invitations SET expires_at = now() - interval '1 day' WHERE id = $1`, [id])
    expect(await list(organization.owner, 'expired')).toHaveLength(1)
    const { link } = await renew(organization.owner, id)
    expect((await findInvitation(pathOf(link)))?.state).toBe('open')
    await expect(renew(other.owner, id)).rejects.toBeInstanceOf(NotFoundError)
    await withTenant(organization.owner, (scope) => revokeInvitation(scope, id))
    await expect(renew(organization.owner, id)).rejects.toBeInstanceOf(NotFoundError)
  })

  test('an admin makes none for an owner to be', async () => {
    await invite(organization.owner, `a.${mark}@fern.example,owner`)
    const [{ id }] = await list(organization.owner) as { id: string }[] as [{ id: string }]
    await expect(renew(await organization.add('admin'), id)).rejects.toBeInstanceOf(ForbiddenError)
  })
})

describe('declining', () => {
  test('by whoever holds the link: it is dead, listed and written down; the address may be invited again', async () => {
    const email = `a.${mark}@fern.example`
    const [row] = await invite(organization.owner, email)
    await declineInvitation(pathOf(row!.link))
    expect((await findInvitation(pathOf(row!.link)))?.state).toBe('declined')
    await expect(declineInvitation(pathOf(row!.link))).rejects.toBeInstanceOf(GoneError)
    await expect(acceptInvitation(pathOf(row!.link), await makeJoiner(email))).rejects.toBeInstanceOf(GoneError)
    expect(await list(organization.owner, 'declined')).toMatchObject([{ email, state: 'declined' }])
    expect(await look(`SELECT actor_kind, actor_user_id, reason FROM audit_events WHERE tenant_id = $1 AND action = 'invitation.declined'`, [organization.tenantId])).toEqual([{ actor_kind: 'system', actor_user_id: null, reason: email }])
    expect(await outcomes(organization.owner, email)).toEqual(['invited'])
  })

  test('accepting and declining at once: one of them', async () => {
    const email = `a.${mark}@fern.example`
    const nora = await makeJoiner(email)
    const [row] = await invite(organization.owner, email)
    const answers = await Promise.allSettled([...Array.from({ length: 10 }, () => acceptInvitation(pathOf(row!.link), nora)), ...Array.from({ length: 10 }, () => declineInvitation(pathOf(row!.link)))])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

test('whoever accepts is in the teams of the invitation, and in no team twice', async () => {
  const [office, garden] = [await team('Office'), await team('Garden')]
  const email = `a.${mark}@fern.example`
  const nora = await makeJoiner(email)
  const [row] = await invite(organization.owner, email, { teamIds: [office.id, garden.id] })
  await acceptInvitation(pathOf(row!.link), nora)
  const teams = () => look<{ team_id: string }>('SELECT team_id FROM team_members WHERE user_id = $1', [nora.userId])
  expect((await teams()).map((one) => one.team_id).sort()).toEqual([office.id, garden.id].sort())
})

test('seats in teams by invitation are in the history, of somebody who was a member already too', async () => {
  const [office, garden] = [await team('Office'), await team('Garden')]
  const email = `a.${mark}@fern.example`
  const nora = await makeJoiner(email)
  const history = () => look<{ action: string; entity_id: string; changes: Record<string, unknown> }>(`SELECT e.action, e.entity_id, d.changes FROM audit_events e JOIN audit_details d ON d.event_id = e.id WHERE e.tenant_id = $1 AND e.actor_user_id = $2 ORDER BY e.action`, [organization.tenantId, nora.userId])
  const [first] = await invite(organization.owner, email, { teamIds: [office.id] })
  // In by another way meanwhile, before the link is opened.
  await look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, joined_at) VALUES ($1, $2, $3, 'Nora', 'viewer', now())`, [organization.tenantId, uuidv7(), nora.userId])
  await look('INSERT INTO invitation_teams (tenant_id, id, invitation_id, team_id) SELECT tenant_id, gen_random_uuid(), id, $2 FROM invitations WHERE tenant_id = $1 AND email_lc = $3', [organization.tenantId, garden.id, email])
  await look('INSERT INTO team_members (tenant_id, id, team_id, user_id) VALUES ($1, $2, $3, $4)', [organization.tenantId, uuidv7(), garden.id, nora.userId])
  await acceptInvitation(pathOf(first!.link), nora)
  // The seat in the garden was theirs before.
  expect(await history()).toMatchObject([{ action: 'invitation.accepted', changes: { teams: [null, ['Office']] } }, { action: 'team.members_added', entity_id: office.id, changes: { members: [null, [nora.userId]] } }])
  expect((await history())[0]!.changes).not.toHaveProperty('role')
})

test('an address is found by its beginning, in any case', async () => {
  await invite(organization.owner, `nora.${mark}@fern.example\numa.${mark}@fern.example`)
  expect(await list(organization.owner, '', 'NORA')).toMatchObject([{ email: `nora.${mark}@fern.example` }])
  expect(await list(organization.owner, '', 'ora')).toEqual([])
})
