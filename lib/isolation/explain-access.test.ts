import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections, failureOf, rolledBack, withConnection } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { ROLES, type Member } from '@/lib/tenancy/member'
import { v7 as uuidv7 } from '@/lib/uuid'
import { insert } from './insert'

// Containers of every kind, visibility and standard, owned, listed, nested at random; two people of each role, some in teams.
// What kernel.levels_of says of everybody is compared with what each of them gets from kernel.containers_for.
const CONTAINERS = 260
let organization: TestOrganization, other: TestOrganization
const people: Member[] = []
const ids: string[] = []
let outOfRule: Member

// A generator of its own, so that a difference found once is found again.
function random(seed: number) {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  return { pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!, chance: (of: number) => next() < of }
}

beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  for (const role of ROLES) people.push(await organization.add(role), await organization.add(role))
  outOfRule = await organization.add('member')
  const { pick, chance } = random(20261123)
  await withConnection('DATABASE_URL', async (client) => {
    const put = (table: string, row: Record<string, unknown>) => insert(client, table, { tenant_id: organization.tenantId, id: uuidv7(), ...row })
    await client.query('BEGIN')
    const teams = [uuidv7(), uuidv7(), uuidv7()]
    for (const [index, id] of teams.entries()) await put('teams', { id, name: `T${index}`, name_lc: `t${index}` })
    for (const team_id of teams) for (const { userId } of people) if (chance(0.35)) await put('team_members', { team_id, user_id: userId })
    const rule = uuidv7()
    await put('access_rules', { id: rule, kind: 'email', value_lc: 'off@fern.example', role: 'member', is_active: false })
    await client.query('UPDATE memberships SET admitted_by_rule_id = $1 WHERE user_id = $2', [rule, outOfRule.userId])
    for (let n = 0; n < CONTAINERS; n++) {
      const id = uuidv7()
      const visibility = pick(['private', 'team', 'organization'] as const)
      const parent = ids.length > 0 && chance(0.35) ? pick(ids) : null
      await put('containers', { id, kind: pick(['project', 'topic', 'property_list', 'knowledge_base']), name: `C${n}`, visibility, default_access: pick(['view', 'edit']), team_id: visibility === 'team' ? pick(teams) : null, owner_user_id: pick(people).userId, parent_id: parent })
      for (const { userId } of people) if (chance(0.12)) await put('container_members', { container_id: id, user_id: userId, access: pick(['view', 'edit', 'manage']) })
      for (const team_id of teams) if (chance(0.15)) await put('container_members', { container_id: id, team_id, access: pick(['view', 'edit', 'manage']) })
      ids.push(id)
    }
    await client.query('COMMIT')
  })
})
afterAll(closeConnections)

test('it agrees with what each member gets, for everybody and everything; every rule occurs', async () => {
  const said = new Map<string, number>()
  const [rules, caps] = [new Set<string>(), new Set<string | null>()]
  await withConnection('DATABASE_URL', (client) => rolledBack(client, organization.owner, async () => {
    const { rows } = await client.query<{ id: string; user_id: string; level: number; rule: string; capped_by: string | null }>('SELECT c.id, l.* FROM unnest($1::uuid[]) c(id), kernel.levels_of(c.id) l', [ids])
    for (const { id, user_id: person, level, rule, capped_by: cap } of rows) {
      said.set(`${id} ${person}`, level)
      rules.add(rule)
      caps.add(cap)
    }
  }))
  const different: string[] = []
  await withConnection('TENANT_DATABASE_URL', async (client) => {
    for (const member of [organization.owner, ...people]) {
      await rolledBack(client, member, async () => {
        const levels = new Map<string, number>()
        for (const [index, wish] of ['view', 'edit', 'manage'].entries()) for (const { id } of (await client.query<{ id: string }>('SELECT kernel.containers_for($1) AS id', [wish])).rows) levels.set(id, index + 1)
        for (const id of ids) if ((levels.get(id) ?? 0) !== said.get(`${id} ${member.userId}`)) different.push(`${member.role} ${id}: is ${levels.get(id) ?? 0}, said ${said.get(`${id} ${member.userId}`)}`)
      })
    }
  })
  expect(different).toEqual([])
  console.info(`explain access: ${said.size} answers, 0 different`)
  expect([...rules].sort()).toEqual(['container_owner', 'field', 'listed', 'organization', 'other_team', 'private', 'role', 'team', 'team_listed', 'team_manager'])
  expect(caps).toEqual(new Set([null, 'parent', 'viewer']))
  expect([...said.keys()].some((key) => key.endsWith(outOfRule.userId))).toBe(false)
})

test('only whoever manages a container learns it; another organization, and nobody directly', async () => {
  await withConnection('TENANT_DATABASE_URL', async (client) => {
    for (const member of [...people, other.owner]) {
      await rolledBack(client, member, async () => {
        const managed = new Set((await client.query<{ id: string }>(`SELECT kernel.containers_for('manage') AS id`)).rows.map(({ id }) => id))
        const seen = new Set((await client.query<{ id: string }>(`SELECT kernel.containers_for('view') AS id`)).rows.map(({ id }) => id))
        for (const id of ids.filter((_, at) => at % 13 === 0)) {
          expect(await failureOf(client, 'SELECT * FROM kernel.explain_access($1)', [id])).toBe(managed.has(id) ? null : '42501')
          const { rows } = await client.query('SELECT kernel.viewers_of($1, $2::uuid[]) AS id', [id, [member.userId, organization.owner.userId]])
          expect(rows.some((row: { id: string }) => row.id === member.userId)).toBe(seen.has(id))
          if (!seen.has(id)) expect(rows).toEqual([])
        }
        expect(await failureOf(client, 'SELECT * FROM kernel.levels_of($1)', [ids[0]])).toBe('42501')
        expect(await failureOf(client, 'SELECT * FROM kernel.explain_access(NULL)')).toBe('42501')
      })
    }
  })
})
