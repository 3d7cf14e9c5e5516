import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnections, rolledBack, withConnection } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import { ROLES, type Member, type Role } from '@/lib/tenancy/member'
import { v7 as uuidv7 } from '@/lib/uuid'
import { insert } from './insert'
import { expectedLevel, RELATIONS, VISIBILITIES, type Case } from './visibility-oracle'

// Every role × how they stand to the container × visibility × default access × kind, as the table of the domain says it,
// computed twice: by the oracle here and by the policies on every table that a container guards.
const KINDS = ['project', 'property_list'] as const
const READS = ['containers', 'projects', 'tasks', 'task_assignees', 'task_status_changes', 'comments', 'record_labels', 'search_documents', 'search_tokens', 'audit_details'] as const

type Placed = Case & { id: string; person: Member }
const cases: Placed[] = []
const members = new Map<string, Member>()
const personOf = (role: Role, relation: string) => members.get(`${role} ${relation === 'owner' ? 'owner' : relation}`)!

beforeAll(async () => {
  const organization = await makeOrganization()
  const bystander = await organization.add('member')
  for (const role of ROLES) for (const relation of RELATIONS) members.set(`${role} ${relation}`, await organization.add(role))
  await withConnection('DATABASE_URL', async (client) => {
    const { tenantId } = organization
    const put = (table: string, row: Record<string, unknown>) => insert(client, table, { tenant_id: tenantId, ...row })
    const [team, label] = [uuidv7(), uuidv7()]
    await client.query('BEGIN')
    await put('teams', { id: team, name: 'Team', name_lc: 'team' })
    await put('labels', { id: label, name: 'Label', name_lc: 'label', colour: '#000000' })
    for (const role of ROLES) await put('team_members', { id: uuidv7(), team_id: team, user_id: personOf(role, 'team member').userId })
    let running = 0
    for (const kind of KINDS) for (const visibility of VISIBILITIES) for (const defaultAccess of ['view', 'edit'] as const) for (const role of ROLES) for (const relation of RELATIONS) {
      const person = personOf(role, relation)
      const [id, task, event, document] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()]
      const about = { entity_kind: 'task', entity_id: task, container_id: id }
      const author = bystander.userId
      await put('containers', { id, kind, name: 'C', visibility, default_access: defaultAccess, team_id: visibility === 'team' || relation === 'team member' ? team : null, owner_user_id: relation === 'owner' ? person.userId : author })
      if (relation.startsWith('listed')) await put('container_members', { id: uuidv7(), container_id: id, user_id: person.userId, access: relation.split(' ')[1] })
      await put('projects', { id, slug: `p-${++running}`, key: `P${running}`, colour: '#000000' })
      await put('tasks', { id: task, project_id: id, number: 1, title: 'T' })
      await put('task_assignees', { id: uuidv7(), project_id: id, task_id: task, user_id: author })
      await put('task_status_changes', { id: uuidv7(), project_id: id, task_id: task, from_status: 'todo', to_status: 'done', actor_user_id: author })
      await put('comments', { id: uuidv7(), author_user_id: author, body: 'B', ...about })
      await put('record_labels', { id: uuidv7(), label_id: label, ...about })
      await put('search_documents', { id: document, title: 'T', ...about })
      await put('search_tokens', { id: uuidv7(), document_id: document, token: 'tt', weight: 1, container_id: id })
      await put('audit_events', { id: event, actor_user_id: author, action: 'x.y', ...about })
      await put('audit_details', { id: uuidv7(), event_id: event, label: 'L', container_id: id })
      cases.push({ id, person, kind, visibility, defaultAccess, role, relation })
    }
    await client.query('COMMIT')
  })
})
afterAll(closeConnections)

const title = ({ kind, visibility, defaultAccess, role, relation }: Case) => `${kind} ${visibility}/${defaultAccess} for ${role}, ${relation}`
const LEVELS = ['none', 'view', 'edit', 'manage'] as const

test('section 6: what each person may view, edit and manage is what the table says, on every table that a container guards', async () => {
  const wrong: string[] = []
  let checked = 0
  await withConnection('TENANT_DATABASE_URL', async (client) => {
    for (const person of members.values()) {
      const mine = cases.filter((one) => one.person === person)
      const ids = mine.map(({ id }) => id)
      await rolledBack(client, person, async () => {
        const idsOf = async (sql: string) => new Set((await client.query<{ id: string }>(sql, [ids])).rows.map(({ id }) => id))
        const seen = new Map<string, Set<string>>()
        for (const table of READS) {
          const column = { containers: 'id', projects: 'id' }[table as string] ?? (table.startsWith('task') ? 'project_id' : 'container_id')
          seen.set(table, await idsOf(`SELECT ${column} AS id FROM ${table} WHERE ${column} = ANY ($1)`))
        }
        const viewable = await idsOf(`SELECT id FROM unnest($1::uuid[]) id WHERE id IN (SELECT kernel.containers_for('view'))`)
        const edited = await idsOf('UPDATE tasks SET title = title WHERE project_id = ANY ($1) RETURNING project_id AS id')
        const managed = await idsOf('UPDATE containers SET name = name WHERE id = ANY ($1) RETURNING id')
        for (const one of mine) {
          const expected = LEVELS.indexOf(expectedLevel(one))
          for (const table of READS) {
            checked++
            if (seen.get(table)!.has(one.id) !== expected >= 1) wrong.push(`${title(one)}: ${table} is ${expected >= 1 ? 'hidden' : 'shown'}`)
          }
          // A field member manages nothing: the role may not write containers at all.
          const judged = [[viewable, 1], [edited, 2], ...(one.role === 'field' ? [] : [[managed, 3] as const])] as const
          for (const [set, level] of judged) {
            checked++
            if (set.has(one.id) !== expected >= level) wrong.push(`${title(one)}: expected ${LEVELS[expected]}, but ${LEVELS[level]} is ${set.has(one.id) ? 'allowed' : 'refused'}`)
          }
        }
      })
    }
  })
  console.info(`visibility matrix: ${cases.length} containers and persons, ${checked} answers, ${wrong.length} wrong`)
  expect(wrong).toEqual([])
  expect(new Set(cases.map(expectedLevel))).toEqual(new Set(LEVELS))
})

test('section 6: inside a parent, the lower of both levels counts; a hidden parent hides', async () => {
  const organization = await makeOrganization()
  const person = await organization.add('member')
  const other = await organization.add('member')
  const levels = ['view', 'edit', 'manage'] as const
  const expected = new Map<string, number>()
  await withConnection('DATABASE_URL', async (client) => {
    const put = (table: string, row: Record<string, unknown>) => insert(client, table, { tenant_id: organization.tenantId, ...row })
    const container = async (access: string | null, parent: string | null) => {
      const id = uuidv7()
      await put('containers', { id, kind: 'project', name: 'C', visibility: 'private', default_access: 'view', owner_user_id: other.userId, parent_id: parent })
      if (access) await put('container_members', { id: uuidv7(), container_id: id, user_id: person.userId, access })
      return id
    }
    for (const top of [null, ...levels]) {
      const parent = await container(top, null)
      for (const low of [null, ...levels]) expected.set(await container(low, await container('manage', parent)), low && top ? Math.min(levels.indexOf(top), levels.indexOf(low)) + 1 : 0)
    }
  })
  await withConnection('TENANT_DATABASE_URL', (client) => rolledBack(client, person, async () => {
    for (const [index, level] of levels.entries()) {
      const { rows } = await client.query<{ id: string }>('SELECT kernel.containers_for($1) AS id', [level])
      const may = new Set(rows.map(({ id }) => id))
      for (const [id, most] of expected) expect(may.has(id)).toBe(most >= index + 1)
    }
  }))
})
