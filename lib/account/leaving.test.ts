import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMembership, findPerson, type Person } from '@/lib/platform/directory'
import { listMemberRows } from '@/lib/members/member-list'
import { removeMember } from '@/lib/members/offboarding'
import { memberFilterSchema, removeMemberSchema } from '@/lib/members/schema'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { closeConnections } from '@/lib/testing/connections'
import { look, makeJoiner } from '@/lib/testing/make-joiner'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import { makeTwins, type Twin } from '@/lib/testing/make-twins'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { deleteAccount, exportMyData, leaveOrganization, listHeld, listSoleOwnerships, membersOf, openOrganizations } from './leaving'

afterAll(closeConnections)

const seat = async ({ tenantId }: { tenantId: string }, userId: string) => (await look<{ role: string; status: string; display_name: string }>('SELECT role, status, display_name FROM memberships WHERE tenant_id = $1 AND user_id = $2', [tenantId, userId]))[0]
const sit = async (organization: TestOrganization, userId: string, role: string): Promise<Member> => {
  await look(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, joined_at, onboarding_done_at) VALUES ($1, $2, $3, 'Nora', $4, now(), now())`, [organization.tenantId, uuidv7(), userId, role])
  return (await findMembership(organization.tenantId, userId))!
}
/** Somebody with a seat, a share, a team, and everything that an account can have. */
async function makeNora(organization: TestOrganization, role = 'member') {
  const nora = await makeJoiner(`nora.${uuidv7()}@fern.example`)
  const member = await sit(organization, nora.userId, role)
  const project = await makeProject(organization.owner)
  const team = uuidv7()
  await look(`INSERT INTO container_members (tenant_id, id, container_id, user_id, access) VALUES ($1, $2, $3, $4, 'view')`, [organization.tenantId, uuidv7(), project.id, nora.userId])
  await look('INSERT INTO teams (tenant_id, id, name, name_lc) VALUES ($1, $2, $3, $3)', [organization.tenantId, team, `team ${team}`])
  await look('INSERT INTO team_members (tenant_id, id, team_id, user_id) VALUES ($1, $2, $3, $4)', [organization.tenantId, uuidv7(), team, nora.userId])
  return { ...nora, member, person: (await findPerson(nora.token)) as Person }
}
const shares = async (userId: string) => (await look('SELECT id FROM container_members WHERE user_id = $1 UNION ALL SELECT id FROM team_members WHERE user_id = $1', [userId])).length

describe('leaving an organization', () => {
  test('takes the seat, the shares and the teams away, on the next request', async () => {
    const organization = await makeOrganization()
    const nora = await makeNora(organization)
    expect([(await nora.at(organization.slug)).state, await shares(nora.userId)]).toEqual(['member', 2])
    await leaveOrganization(nora.member)
    expect([(await nora.at(organization.slug)).state, await shares(nora.userId)]).toEqual(['unknown', 0])
    expect(await look(`SELECT actor_user_id FROM audit_events WHERE tenant_id = $1 AND action = 'member.left'`, [organization.tenantId])).toEqual([{ actor_user_id: nora.userId }])
    await expect(leaveOrganization(nora.member)).rejects.toMatchObject({ status: 409, code: 'gone' })
  })

  test('leaves every other organization, and everybody else, as they are', async () => {
    const [organization, other] = [await makeOrganization(), await makeOrganization()]
    const nora = await makeNora(organization)
    const colleague = await makeNora(organization)
    await sit(other, nora.userId, 'viewer')
    await leaveOrganization(nora.member)
    expect(await seat(other, nora.userId)).toMatchObject({ status: 'active' })
    expect(await shares(colleague.userId)).toBe(2)
  })

  test('the only owner does not, while another owner is suspended; with two, one does', async () => {
    const organization = await makeOrganization()
    const second = await organization.add('owner')
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [second.userId])
    await expect(leaveOrganization(organization.owner)).rejects.toMatchObject({ status: 409, code: 'last_owner' })
    expect(await look(`SELECT FROM audit_events WHERE tenant_id = $1 AND action = 'member.left'`, [organization.tenantId])).toEqual([])
    await look(`UPDATE memberships SET status = 'active' WHERE user_id = $1`, [second.userId])
    await leaveOrganization(organization.owner)
    expect(await seat(organization, second.userId)).toMatchObject({ role: 'owner', status: 'active' })
  })

  test('an owner whom a rule that is off keeps out is none to leave it to', async () => {
    const organization = await makeOrganization()
    const second = await organization.add('owner')
    const rule = uuidv7()
    await look(`INSERT INTO access_rules (tenant_id, id, kind, value_lc, role, is_active) VALUES ($1, $2, 'domain', 'fern.example', 'member', false)`, [organization.tenantId, rule])
    await look('UPDATE memberships SET admitted_by_rule_id = $1 WHERE user_id = $2', [rule, second.userId])
    await expect(leaveOrganization(organization.owner)).rejects.toMatchObject({ code: 'last_owner' })
    expect(await listSoleOwnerships(organization.owner.userId)).toMatchObject([{ slug: organization.slug }])
    await look('UPDATE access_rules SET is_active = true WHERE id = $1', [rule])
    expect(await listSoleOwnerships(organization.owner.userId)).toEqual([])
    await leaveOrganization(organization.owner)
  })

  test('of two owners who leave at once, exactly one does: twenty times', async () => {
    for (let n = 0; n < 20; n++) {
      const organization = await makeOrganization()
      const second = await organization.add('owner')
      const outcomes = await Promise.allSettled([leaveOrganization(organization.owner), leaveOrganization(second)])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await look(`SELECT FROM memberships WHERE tenant_id = $1 AND role = 'owner' AND status = 'active'`, [organization.tenantId])).toHaveLength(1)
    }
  })
})

describe('deleting an account', () => {
  async function furnish(userId: string) {
    await look(`INSERT INTO user_identities (id, user_id, provider, issuer, subject) VALUES ($1, $2, 'oidc', 'https://fern.example', $3)`, [uuidv7(), userId, uuidv7()])
    await look(`INSERT INTO devices (id, user_id, token_hash) VALUES ($1, $2, sha256($3::text::bytea))`, [uuidv7(), userId, userId])
    await look(`INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, '\\x00', now())`, [userId])
    await look(`INSERT INTO recovery_codes (id, user_id, code_hash) VALUES ($1, $2, sha256($3::text::bytea))`, [uuidv7(), userId, userId])
    await look(`INSERT INTO passkeys (id, user_id, credential_id, public_key, name, transports) VALUES ($1, $2, $3::text::bytea, '\\x00', 'Key', '{}')`, [uuidv7(), userId, userId])
    await look(`INSERT INTO avatars (user_id, mime, bytes) VALUES ($1, 'image/png', '\\x89504e470d0a1a0a')`, [userId])
    await look(`INSERT INTO notification_preferences (user_id, kind, channel, enabled) VALUES ($1, 'new_device', 'email', false)`, [userId])
    await look(`INSERT INTO notification_settings (user_id) VALUES ($1)`, [userId])
    await look(`INSERT INTO notification_mutes (user_id, organization_id) VALUES ($1, gen_random_uuid())`, [userId])
    await look(`INSERT INTO one_time_tokens (id, purpose, token_hash, user_id, payload, expires_at) VALUES ($1, 'reset_password', sha256($3::text::bytea), $2, '{}', now() + interval '1 h')`, [uuidv7(), userId, userId])
    await look(`UPDATE users SET password_hash = 'secret-hash', password_algorithm = 'argon2id', avatar_hash = 'x', timezone = 'UTC' WHERE id = $1`, [userId])
  }
  const TABLES = ['user_identities', 'devices', 'totp_factors', 'recovery_codes', 'passkeys', 'avatars', 'notification_preferences', 'notification_settings', 'notification_mutes', 'one_time_tokens', 'container_members', 'team_members']
  const left = async (userId: string) => (await Promise.all(TABLES.map(async (table) => (await look(`SELECT FROM ${table} WHERE user_id = $1`, [userId])).map(() => table)))).flat()

  test('name, address, picture, factors, identities and sessions go; what they made shows a former member', async () => {
    const [organization, other] = [await makeOrganization(), await makeOrganization()]
    const nora = await makeNora(organization)
    const bystander = await makeNora(organization)
    await sit(other, nora.userId, 'admin')
    for (const one of [nora, bystander]) await furnish(one.userId)
    expect(new Set(await left(nora.userId))).toEqual(new Set(TABLES))
    await deleteAccount(nora.person, NO_VISITOR)
    expect(await left(nora.userId)).toEqual([])
    expect(new Set(await left(bystander.userId))).toEqual(new Set(TABLES))
    expect(await look('SELECT name, email, email_lc, password_hash, avatar_hash, timezone, status FROM users WHERE id = $1', [nora.userId])).toEqual([{ name: 'Former member', email: null, email_lc: null, password_hash: null, avatar_hash: null, timezone: null, status: 'deactivated' }])
    for (const place of [organization, other]) expect(await seat(place, nora.userId)).toMatchObject({ status: 'removed', display_name: 'Former member' })
    expect(await findPerson(nora.token)).toBeNull()
    expect(await look('SELECT kind FROM mails WHERE to_address = $1', [nora.email])).toEqual([{ kind: 'account_deleted' }])
    // The address is free for somebody else.
    expect((await makeJoiner(nora.email)).userId).not.toBe(nora.userId)
  })

  test('the only owner of an organization is told which, and nothing is done; with a second owner it goes', async () => {
    const organization = await makeOrganization({ name: 'Harbor Works' })
    const nora = await makeNora(organization, 'owner')
    await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [organization.owner.userId])
    expect(await listSoleOwnerships(nora.userId)).toEqual([{ slug: organization.slug, name: 'Harbor Works' }])
    await expect(deleteAccount(nora.person, NO_VISITOR)).rejects.toMatchObject({ code: 'last_owner', detail: { organizations: [{ slug: organization.slug }] } })
    expect([(await findPerson(nora.token))?.email, await shares(nora.userId)]).toEqual([nora.email, 2])
    await look(`UPDATE memberships SET status = 'active' WHERE user_id = $1`, [organization.owner.userId])
    expect(await listSoleOwnerships(nora.userId)).toEqual([])
    await deleteAccount(nora.person, NO_VISITOR)
    expect(await findPerson(nora.token)).toBeNull()
  })

  test('a suspended co-owner does not keep it: the page and the database say the same', async () => {
    const organization = await makeOrganization()
    const nora = await makeNora(organization, 'owner')
    await look(`UPDATE users SET status = 'deactivated' WHERE id = $1`, [organization.owner.userId])
    expect(await listSoleOwnerships(nora.userId)).toMatchObject([{ slug: organization.slug }])
    await expect(deleteAccount(nora.person, NO_VISITOR)).rejects.toMatchObject({ status: 409, code: 'last_owner' })
    // What only the database has seen is a refusal too, not an error.
    await expect(withPerson(nora.userId, NO_VISITOR, ({ tx }) => tx.user.update({ where: { id: nora.userId }, data: { status: 'deactivated' } }))).rejects.toMatchObject({ status: 409, code: 'last_owner' })
  })

  test('refused while they hold something in any organization, which is named; once handed over it goes', async () => {
    const [organization, other] = [await makeOrganization({ name: 'Harbor Works' }), await makeOrganization()]
    const nora = await makeNora(organization)
    await sit(other, nora.userId, 'viewer')
    const heir = await organization.add('member')
    const project = await makeProject(nora.member, { visibility: 'private' })
    const [{ id } = { id: '' }] = await look<{ id: string }>('SELECT id FROM memberships WHERE tenant_id = $1 AND user_id = $2', [organization.tenantId, nora.userId])
    const held = [{ slug: organization.slug, name: 'Harbor Works', projectCount: 0, privateCount: 1, taskCount: 0, path: `/${organization.slug}/settings/members/${id}` }]
    expect(await listHeld(nora.userId)).toEqual(held)
    await expect(deleteAccount(nora.person, NO_VISITOR)).rejects.toMatchObject({ status: 409, code: 'holdings', detail: { organizations: held } })
    expect([(await findPerson(nora.token))?.email, await seat(organization, nora.userId)]).toMatchObject([nora.email, { status: 'active' }])
    await withTenant(nora.member, (scope) => removeMember(scope, removeMemberSchema.parse({ id, privateTo: heir.userId })))
    await deleteAccount(nora.person, NO_VISITOR)
    expect(await look('SELECT owner_user_id FROM containers WHERE id = $1', [project.id])).toEqual([{ owner_user_id: heir.userId }])
  })

  test('whoever is let in nowhere deletes their account all the same, and an owner hands over after them', async () => {
    const organization = await makeOrganization()
    const nora = await makeNora(organization)
    const heir = await organization.add('member')
    const project = await makeProject(nora.member, { visibility: 'private' })
    await look(`UPDATE memberships SET status = 'suspended' WHERE user_id = $1`, [nora.userId])
    await deleteAccount(nora.person, NO_VISITOR)
    const { members, holderCount } = await withTenant(organization.owner, (scope) => listMemberRows(scope, memberFilterSchema.parse({ status: 'holding' })))
    expect([members, holderCount]).toMatchObject([[{ userId: nora.userId, name: 'Former member', status: 'removed', holds: { projectCount: 1, taskCount: 0 } }], 1])
    await withTenant(organization.owner, (scope) => removeMember(scope, removeMemberSchema.parse({ id: members[0]!.id, privateTo: heir.userId })))
    expect(await look('SELECT owner_user_id FROM containers WHERE id = $1', [project.id])).toEqual([{ owner_user_id: heir.userId }])
  })

  test('two last owners who delete their accounts at once: one of them stays', async () => {
    for (let n = 0; n < 5; n++) {
      const organization = await makeOrganization()
      const [one, two] = [await makeNora(organization, 'owner'), await makeNora(organization, 'owner')]
      await look(`UPDATE memberships SET status = 'removed' WHERE user_id = $1`, [organization.owner.userId])
      const outcomes = await Promise.allSettled([deleteAccount(one.person, NO_VISITOR), deleteAccount(two.person, NO_VISITOR)])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'last_owner' } })
      expect(await look(`SELECT FROM memberships WHERE tenant_id = $1 AND role = 'owner' AND status = 'active'`, [organization.tenantId])).toHaveLength(1)
    }
  })
})

/** Where each table that names a person stands in what they are given, or why it does not. */
const MY_DATA: Record<string, string> = {
  avatars: 'picture', devices: 'devices', notification_mutes: 'notificationMutes', notification_preferences: 'notificationPreferences', notification_settings: 'notificationSettings',
  passkeys: 'passkeys', platform_audit_events: 'securityLog', sessions: 'sessions', totp_factors: 'authenticator', user_identities: 'identities',
  container_members: 'projectsListedIn', projects: 'projectsOwned', containers: 'projectsOwned', task_assignees: 'tasksAssigned', task_status_changes: 'statusChanges', tasks: 'tasksCreated', attachments: 'files',
  comments: 'comments', import_batches: 'imports', labels: 'personalLabels', notifications: 'notifications', record_labels: 'personalLabelMarks', record_links: 'links', audit_events: 'history', memberships: 'membership',
  team_members: 'teams', api_keys: 'apiKeys', exports: 'exports', import_mappings: 'importMappings', inbox_snoozes: 'snoozes', jobs: 'jobs', saved_views: 'savedViews',
  task_progress: 'progressReports', task_moves: 'taskMoves', task_dependencies: 'dependencies', workstreams: 'workstreams', goals: 'goals', ideas: 'ideas', idea_answers: 'ideaAnswers', idea_tasks: 'ideaTasks',
  context_entries: 'notebookSections', context_versions: 'notebookVersions', context_delegations: 'notebookDelegations', task_templates: 'templates', suggestions: 'suggestions',
}
const NOT_MINE: Record<string, string> = {
  refused_attempts: 'would tell them what is there', support_sessions: 'the organization’s; one’s own acts stand in the security log',
  announcements: 'of the installation', super_admin_requests: 'of the installation; one’s own acts stand in the security log',
  one_time_tokens: 'secrets', recovery_codes: 'secrets', refresh_tokens: 'secrets',
  audit_details: 'names of records that may be others’; the event is given', import_rows: 'of the import', import_id_map: 'of the import', search_documents: 'derived', search_tokens: 'derived',
  organization_logos: 'the organization’s', organization_modules: 'the organization’s', teams: 'the organization’s', access_rules: 'the organization’s', invitations: 'other people’s addresses',
}

test('every table that names a person is given to them, or is said why not', async () => {
  const rows = await look<{ name: string }>(`SELECT DISTINCT t.table_name AS name FROM kernel.tables t JOIN pg_attribute a ON a.attrelid = ('public.' || t.table_name)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'uuid'::regtype AND a.attname ~ '(user_id|_by)$'`)
  expect(Object.keys({ ...MY_DATA, ...NOT_MINE }).sort()).toEqual(rows.map(({ name }) => name).sort())
  const organization = await makeOrganization()
  const nora = await makeNora(organization)
  const data = await exportMyData(nora.person, NO_VISITOR, [nora.member])
  const given = Object.keys({ ...data, ...(data.organizations as Record<string, object>)[organization.slug] })
  expect(Object.values(MY_DATA).filter((name) => !given.includes(name))).toEqual([])
})

describe('my data', () => {
  let a: Twin, b: Twin
  beforeAll(async () => void ([a, b] = await makeTwins()))

  test('holds what is mine where I am, no word of another organization, and nothing that proves who I am', async () => {
    const nora = await makeNora(a)
    const task = await makeTask(nora.member, a.projectId, { title: 'Mine' })
    await look(`UPDATE users SET password_hash = 'secret-hash', password_algorithm = 'argon2id' WHERE id = $1`, [nora.userId])
    await look(`INSERT INTO totp_factors (user_id, secret, confirmed_at) VALUES ($1, 'factor-secret'::bytea, now())`, [nora.userId])
    expect(await openOrganizations(nora.userId)).toEqual([a.slug])
    const data = await exportMyData(nora.person, NO_VISITOR, [nora.member])
    const text = JSON.stringify(data)
    expect(text).toContain(nora.email)
    expect(text).toContain(task.id)
    expect(data.organizations).toMatchObject({ [a.slug]: { tasksCreated: [{ title: 'Mine' }] } })
    const others = await look<{ email: string }>('SELECT u.email FROM users u JOIN memberships m ON m.user_id = u.id WHERE m.tenant_id IN ($1, $2) AND u.id <> $3 AND u.email IS NOT NULL', [a.tenantId, b.tenantId, nora.userId])
    for (const foreign of [b.canary, b.tenantId, b.projectId, b.owner.userId, ...others.map(({ email }) => email)]) expect(text).not.toContain(foreign)
    for (const secret of ['secret-hash', Buffer.from('factor-secret').toString('base64'), nora.token, 'passwordHash', 'tokenHash', '"secret"', 'token_hash']) expect(text).not.toContain(secret)
  })

  test('what an organization holds stays there while it asks for something first', async () => {
    const nora = await makeNora(a)
    const answer = async () => [await nora.at(a.slug)]
    expect(membersOf(await answer())).toMatchObject([{ tenantId: a.tenantId, userId: nora.userId }])
    await look(`UPDATE memberships SET password_change_required_at = now() WHERE user_id = $1`, [nora.userId])
    expect(await answer()).toMatchObject([{ state: 'member', gate: 'new_password' }])
    expect(membersOf(await answer())).toEqual([])
  })

  test('the owner of the twin gets theirs, with the canary of their own', async () => {
    const { token } = await withPerson(b.owner.userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', needsFactor: false }))
    const text = JSON.stringify(await exportMyData((await findPerson(token))!, NO_VISITOR, [b.owner]))
    expect(text).toContain(b.canary)
    expect(text).not.toContain(a.canary)
  })
})
