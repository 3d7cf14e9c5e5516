import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { look } from '@/lib/testing/make-joiner'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { nearWords } from './near-words'
import { findPlaces } from './places'
import { findRecords } from './search'

let organization: TestOrganization, other: TestOrganization
let colleague: Member
let project: { id: string; slug: string }
beforeAll(async () => {
  organization = await makeOrganization()
  other = await makeOrganization()
  colleague = await organization.add('member')
  project = await makeProject(organization.owner, { name: 'Lighthouse' })
  await makeTask(organization.owner, project.id, { title: 'Polish the lantern', description: 'With the soft cloth' })
  await makeTask(organization.owner, project.id, { title: 'Order lanterns', description: '' })
  await withTenant(organization.owner, (scope) => createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Lantern room' })))
})
afterAll(closeConnections)

const find = (by: Member, query: string, kinds: string[] = []) => withTenant(by, (scope) => findRecords(scope, query, { kinds }))
const titles = async (by: Member, query: string, kinds?: string[]) => (await find(by, query, kinds)).hits.map(({ title }) => title).sort()

describe('findRecords', () => {
  test('every word, the last as a beginning, over all kinds or some', async () => {
    expect(await titles(colleague, 'lant')).toEqual(['Lantern room', 'Order lanterns', 'Polish the lantern'])
    expect(await titles(colleague, 'lantern polish')).toEqual(['Polish the lantern'])
    expect(await titles(colleague, 'lantern', ['workstream'])).toEqual(['Lantern room'])
    expect(await titles(colleague, 'lantern kettle')).toEqual([])
  })

  test.each(['latnern', 'lanern', 'lanttern', 'lamtern', 'lantren polish', 'polsih lantern'])('a slip of the fingers, %j, finds what was meant and says what was read', async (query) => {
    const { hits, instead } = await find(colleague, query)
    expect(hits.map(({ title }) => title)).toContain('Polish the lantern')
    expect(instead.length).toBeGreaterThan(0)
  })

  test('a word that is there is never taken for another', async () => {
    await makeTask(organization.owner, project.id, { title: 'Buy a lantarn' })
    expect(await find(colleague, 'lantarn')).toMatchObject({ hits: [{ title: 'Buy a lantarn' }], instead: [] })
  })

  test('words of a private project are no words to a colleague: neither found nor offered', async () => {
    const hidden = await makeProject(colleague, { visibility: 'private' })
    await makeTask(colleague, hidden.id, { title: 'Zeppelin' })
    expect(await titles(colleague, 'zepelin')).toEqual(['Zeppelin'])
    expect(await find(organization.owner, 'zepelin')).toEqual({ hits: [], instead: [] })
    expect(await find(other.owner, 'lantern')).toEqual({ hits: [], instead: [] })
    expect(await find(other.owner, 'latnern')).toEqual({ hits: [], instead: [] })
  })

  test('of a word that thousands have, the one project that has it is found among projects all the same', async () => {
    const place = await makeOrganization()
    const { id } = await makeProject(place.owner, { name: 'Common ground' })
    await look(`INSERT INTO tasks (tenant_id, id, project_id, number, title) SELECT $1, gen_random_uuid(), $2, n, 'Common ' || n FROM generate_series(1, 2100) n`, [place.tenantId, id])
    await look(`INSERT INTO search_documents (tenant_id, id, entity_kind, entity_id, title, container_id) SELECT tenant_id, ('ffffffff' || substr(id::text, 9))::uuid, 'task', id, title, project_id FROM tasks WHERE tenant_id = $1`, [place.tenantId])
    await look(`INSERT INTO search_tokens (tenant_id, id, document_id, token, weight, container_id) SELECT tenant_id, gen_random_uuid(), id, 'common', 4, container_id FROM search_documents WHERE tenant_id = $1 AND entity_kind = 'task'`, [place.tenantId])
    const hits = (await withTenant(place.owner, (scope) => findRecords(scope, 'common', { kinds: ['project'] }))).hits
    expect(hits.map(({ title }) => title)).toEqual(['Common ground'])
    expect((await withTenant(place.owner, (scope) => findRecords(scope, 'common', { limit: 20 }))).hits).toHaveLength(20)
  })

  test('hits lead to where they are', async () => {
    const places = await withTenant(colleague, async (scope) => findPlaces(scope, (await findRecords(scope, 'lantern room')).hits))
    expect(places).toMatchObject([{ kind: 'Workstreams', title: 'Lantern room', href: expect.stringContaining(`/projects/${project.slug}?workstream=`) }])
  })
})

test('near words: one slip away, the likeliest first, none for short ones', () => {
  expect(nearWords('abc')).toEqual([])
  const near = nearWords('salt')
  expect(near.slice(0, 3)).toEqual(['aslt', 'slat', 'satl'])
  for (const word of ['salts', 'alt', 'malt']) expect(near).toContain(word)
  expect(near).not.toContain('salt')
  expect(near.length).toBeLessThan(300)
})
