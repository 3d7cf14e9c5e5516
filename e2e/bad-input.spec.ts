import { expect, test } from '@playwright/test'
import { listActions, callAction } from './support/actions'
import { query } from './support/database'
import { BASE, clientOf } from './support/people'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'

const actionNamed = (name: string) => listActions().find((action) => action.name.endsWith(`#${name}`))!
const ORGANIZATION = 'copperleaf'

test('hostile fields get 4xx, never 5xx, and store nothing', async () => {
  const api = await clientOf('ines.duarte@example.com')
  const [project] = await query<{ id: string }>(`SELECT p.id FROM projects p JOIN organizations o ON o.id = p.tenant_id WHERE o.slug = $1 LIMIT 1`, [ORGANIZATION])
  const count = async () => (await query<{ count: string }>('SELECT count(*) FROM tasks'))[0]!.count
  const before = await count()
  const good = { organization: ORGANIZATION, projectId: project!.id, title: 'x' }
  const hostile: Record<string, unknown>[] = [
    { ...good, title: '' }, { ...good, title: 'x'.repeat(201) }, { ...good, title: '   ' }, { ...good, title: 'a\0b' }, { ...good, title: '\ud800' }, { ...good, title: ['a', 'b'] }, { ...good, title: { a: 1 } }, { ...good, title: 7 },
    { ...good, projectId: 'x' }, { ...good, projectId: "' OR 1=1 --" }, { ...good, projectId: '00000000-0000-7000-8000-000000000000' }, { ...good, priority: 'huge' }, { ...good, dueOn: '2026-02-31' }, { ...good, dueOn: '1899-12-31' },
    { ...good, dueOn: '99999-01-01' }, { ...good, estimate: 'soon' }, { ...good, estimate: '999999999w' }, { ...good, description: 'x'.repeat(2001) }, { ...good, assignees: ['x'] }, { ...good, assignees: Array(51).fill(project!.id) },
    { ...good, labels: [project!.id] }, { ...good, parentId: project!.id }, { ...good, tenantId: project!.id }, { ...good, id: project!.id }, { ...good, createdBy: project!.id }, { ...good, version: 3 }, JSON.parse('{"organization":"copperleaf","__proto__":{"title":"x"},"title":"x"}') as Record<string, unknown>,
    { ...good, constructor: 'x' }, { ...good, organization: ['copperleaf', 'fern-forge'] }, { ...good, organization: 7 }, { title: 'no organization' }, { ...good, organization: 'copperleaf\0' },
  ]
  for (const payload of hostile) {
    const answer = await callAction(api, actionNamed('addTask'), [{ status: 'idle' }, payload])
    expect([404, 422], `${JSON.stringify(payload).slice(0, 120)} → ${answer.status()}`).toContain(answer.status())
  }
  for (const args of [[], [null, null], [{}, 'text'], [{}, 7], [{}, []], [[], [[]]], ['$1'], ['$Q5'], ['$B1'], ['$L0'], ['$h1'], ['$0'], ['$0:__proto__'], ['$F1'], null, 'x', 7, JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown]) {
    const answer = await callAction(api, actionNamed('addTask'), args as unknown[])
    expect(answer.status(), JSON.stringify(args)).toBeGreaterThanOrEqual(400)
    expect(answer.status(), JSON.stringify(args)).toBeLessThan(500)
  }
  expect(await count()).toBe(before)
})

test('a stale edit is 409 and carries what is stored now', async () => {
  const api = await clientOf('ines.duarte@example.com')
  const [task] = await query<{ id: string; version: number; title: string }>(`SELECT t.id, t.version, t.title FROM tasks t JOIN organizations o ON o.id = t.tenant_id WHERE o.slug = $1 AND t.number = 2`, [ORGANIZATION])
  const edit = (title: string) => callAction(api, actionNamed('editTask'), [{ status: 'idle' }, { organization: ORGANIZATION, id: task!.id, version: task!.version, title, description: '', priority: 'medium', dueOn: '', estimate: '' }])
  expect((await edit('First')).status()).toBe(200)
  const late = await edit('Second')
  expect(late.status()).toBe(409)
  const text = await late.text()
  expect(text).toContain('"title":"First"')
  expect(text).toContain('"title":"Second"')
})

test('hostile addresses and filters get 4xx', async () => {
  const api = await clientOf('ines.duarte@example.com')
  const paths: [string, number[]][] = [
    ['/copperleaf/tasks?sort=bad', [422]], ['/copperleaf/tasks?status=bad', [422]], ['/copperleaf/tasks?assignee=bad', [422]], ['/copperleaf/tasks?q=a&q=b', [422]], ['/copperleaf/tasks?after=bad', [200]], [`/copperleaf/tasks?q=${'x'.repeat(201)}`, [422]],
    ['/copperleaf/settings/audit?person=bad', [422]], ['/copperleaf/settings/audit?before=bad', [422]], ['/copperleaf/tasks?q=%00', [400]], ['/copperleaf/projects/%00', [400]], ['/copperleaf/projects/%ff', [400, 404]],
    ['/copperleaf/projects/spring-campaign/tasks/0', [404]], ['/copperleaf/projects/spring-campaign/tasks/abc', [404]], ['/copperleaf/projects/spring-campaign/tasks/99999999999999999999', [404]], ['/copperleaf/projects/..%2f..%2f', [404, 400]],
    ['/api/v1/copperleaf/search', [422]], ['/api/v1/copperleaf/search?q=', [422]], [`/api/v1/copperleaf/search?q=${'x'.repeat(300)}`, [422]], ['/api/v1/nothing', [404]],
  ]
  for (const [path, statuses] of paths) expect(statuses, `${path}`).toContain((await api.get(path)).status())
  expect((await api.post('/api/auth/callback/credentials', { data: '{', headers: { 'Content-Type': 'application/json' } })).status()).toBe(400)
  expect((await api.get('/api/auth/callback/credentials')).status()).toBe(405)
  const [share] = await query<{ id: string }>(`SELECT p.id FROM projects p JOIN organizations o ON o.id = p.tenant_id WHERE o.slug = $1 LIMIT 1`, [ORGANIZATION])
  expect((await callAction(api, actionNamed('shareProject'), [{}, { organization: ORGANIZATION, id: share!.id, version: 1, visibility: 'organization', defaultAccess: 'edit', shares: [`user:${'-'.repeat(36)}:view`] }])).status()).toBe(422)
  expect((await api.post(`${BASE}/copperleaf/tasks`, { data: 'x'.repeat(1_100_000), headers: { 'Content-Type': 'text/plain' } })).status()).toBe(413)
})

test('what is not mine answers like what does not exist', async () => {
  // Of a place of one's own: the bell on its pages counts what others bring about, which would tell two answers apart for another reason.
  const place = await makePlace('invite_only')
  const api = await clientOf((await makePerson('Nele Brandt', { organization: place.slug, role: 'owner' })).email)
  const colleague = await clientOf((await makePerson('Otto Hale', { organization: place.slug, role: 'member' })).email)
  expect((await callAction(colleague, { ...actionNamed('addProject'), page: `/${place.slug}/projects` }, [{ status: 'idle' }, { organization: place.slug, name: 'Quiet plan', visibility: 'private' }])).status()).toBeLessThan(400)
  const [hidden] = await query<{ slug: string }>('SELECT p.slug FROM projects p JOIN organizations o ON o.id = p.tenant_id JOIN containers c ON c.tenant_id = p.tenant_id AND c.id = p.id WHERE o.slug = $1 AND c.name = $2', [place.slug, 'Quiet plan'])
  expect((await colleague.get(`/${place.slug}/projects/${hidden!.slug}`)).status()).toBe(200)
  const normalized = async (path: string) => {
    const answer = await api.get(path)
    const nonce = /nonce-([^']+)/.exec(answer.headers()['content-security-policy'] ?? '')?.[1] ?? ''
    const names = path.split('/').filter(Boolean)
    let text = (await answer.text()).replaceAll(nonce, 'NONCE').replace(/"requestId":"[^"]+"/g, '')
    for (const name of names) if (name !== 'projects' && name !== 'api' && name !== 'v1' && name !== place.slug) text = text.replaceAll(name, 'NAME').replaceAll(encodeURIComponent(name), 'NAME')
    return { status: answer.status(), text }
  }
  for (const [theirs, nobodys] of [
    ['/fern-forge', '/fern-fore1'], ['/fern-forge/projects/website-relaunch', '/fern-fore1/projects/website-relaunc1'], [`/${place.slug}/projects/${hidden!.slug}`, `/${place.slug}/projects/${hidden!.slug.slice(0, -1)}x`],
    ['/api/v1/fern-forge/search?q=x', '/api/v1/fern-fore1/search?q=x'],
  ] as const) {
    const texts: [string[], string[]] = [[], []]
    // The parts of a page are sent as they come, so one page has a few orders of the same bytes. Each side's usual answer
    // must be one that the other side gives as well: more rounds show the rarer orders, and what differs for a reason always does.
    const isAlike = () => texts[1].includes(usual(texts[0])) && texts[0].includes(usual(texts[1]))
    for (let round = 0; round < 8 || (round < 40 && !isAlike()); round++) {
      for (const [side, path] of [theirs, nobodys].entries()) {
        const answer = await normalized(path)
        expect(answer.status, path).toBe(404)
        texts[side]!.push(answer.text)
      }
    }
    expect(isAlike(), `${nobodys} is told apart from ${theirs}`).toBe(true)
  }
})

function usual(texts: string[]): string {
  const count = (text: string) => texts.filter((other) => other === text).length
  return texts.reduce((best, text) => (count(text) > count(best) ? text : best))
}
