import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { request } from '@playwright/test'
import { query } from './support/database'
import { expect, test, unique } from './support/page'
import { BASE, clientOf, signIn } from './support/people'

type Answer = { isError?: boolean; structuredContent?: Record<string, never>; content: unknown }
const connect = async (key: string) => {
  const client = new Client({ name: 'journey', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(new URL(`${BASE}/api/mcp`), { requestInit: { headers: { Authorization: `Bearer ${key}` } } }))
  const tools = async () => (await client.listTools()).tools.map(({ name }) => name)
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const { isError, structuredContent } = (await client.callTool({ name, arguments: args })) as Answer
    return isError ? (structuredContent as unknown as { error: { status: number; code: string; message: string } }).error : structuredContent!
  }
  return { tools, call, client }
}
const api = (key: string) => request.newContext({ baseURL: BASE, extraHTTPHeaders: { Authorization: `Bearer ${key}` } })

test('an assistant takes the next task by tools, reports, is blocked, completes; the task shows by which key', async ({ context, page }) => {
  test.slow()
  await signIn(context, 'kit.rowe@example.com')
  await page.goto('/fern-forge/settings/api-keys')
  const newKey = async (name: string, preset: string, only?: string) => {
    await page.getByRole('button', { name: 'New key' }).first().click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    if (only) await page.getByLabel('Only in').selectOption(only)
    await page.getByLabel('May', { exact: true }).selectOption({ label: preset })
    await page.getByRole('button', { name: 'Make key' }).click()
    const text = (await page.getByRole('dialog').locator('code').first().textContent())!
    await page.getByRole('button', { name: 'I have it' }).click()
    return text
  }
  const assistant = await newKey(unique('Assistant'), 'Work by tools, for an assistant (MCP)')
  const reader = await newKey(unique('Reader'), 'Read only')

  const rest = await api(assistant)
  const made = await rest.post('/api/v1/fern-forge/projects', { data: { name: 'x' } })
  expect([made.status(), ((await made.json()) as { error: { code: string } }).error.code]).toEqual([403, 'scope_missing'])
  const [project] = await query<{ id: string; key: string; slug: string }>(`SELECT p.id, p.key, p.slug FROM projects p JOIN organizations o ON o.id = p.tenant_id WHERE o.slug = 'fern-forge' AND p.slug = 'website-relaunch'`)
  const label = unique('programs')
  const owner = await clientOf('kit.rowe@example.com')
  // By the session of a browser only from our own pages.
  expect((await owner.post(`/api/v1/fern-forge/tasks`, { data: { project: project!.key, title: 'Forged' }, headers: { 'Sec-Fetch-Site': 'cross-site' } })).status()).toBe(403)
  const { workstream } = (await (await rest.post('/api/v1/fern-forge/workstreams', { data: { project: project!.slug, name: label } })).json()) as { workstream: { id: string } }
  const create = async (title: string, more: Record<string, unknown> = {}) => ((await (await rest.post('/api/v1/fern-forge/tasks', { data: { project: project!.key, title, priority: 'critical', due_on: '2020-01-01', assignees: ['me'], workstream: workstream.id, ...more } })).json()) as { task: { id: string; key: string; number: number } }).task
  const first = await create(`${label} first`)
  const second = await create(`${label} second`, { depends_on: [first.key], priority: 'urgent' })

  const agent = await connect(assistant)
  expect(await agent.call('whoami')).toMatchObject({ organization: { slug: 'fern-forge' }, person: { name: 'Kit Rowe' }, role: 'member', project_limit: null })
  expect(await agent.tools()).toEqual(expect.arrayContaining(['next_task', 'report_progress', 'complete_task', 'create_task', 'add_insight', 'search']))
  expect(await agent.tools()).not.toContain('create_project')
  expect(await agent.call('create_project', { name: 'x' })).toMatchObject({ status: 403, code: 'scope_missing' })
  expect(await agent.call('no_such_tool')).toMatchObject({ status: 404 })
  expect(await agent.call('next_task', { project: project!.slug, workstream: workstream.id })).toMatchObject({ task: { id: first.id }, reason: expect.stringContaining('Critical') as unknown })
  expect(await agent.call('complete_task', { task: second.key, summary: 'Too early' })).toMatchObject({ status: 409, code: 'blocked_by_dependencies' })
  await agent.call('move_task', { task: first.key, to: 'in_progress' })
  expect(await agent.call('report_progress', { task: first.key, body: 'Looked around.', percent: 20 })).toMatchObject({ entry: { seq: 1, percent: 20 } })
  expect(await agent.call('report_progress', { task: first.key, body: 'Half of it.', percent: 50 })).toMatchObject({ entry: { seq: 2 } })
  expect(await agent.call('block_task', { task: first.key, reason: '' })).toMatchObject({ status: 422 })
  expect(await agent.call('block_task', { task: first.key, reason: 'Waiting for paint.' })).toMatchObject({ task: { status: 'blocked', blocked_reason: 'Waiting for paint.' } })
  await agent.call('move_task', { task: first.key, to: 'in_progress' })
  await agent.call('add_insight', { task: first.key, text: 'Paint takes two days.' })
  expect(await agent.call('complete_task', { task: first.key, summary: 'Painted.' })).toMatchObject({ task: { status: 'done' }, unblocked: [{ id: second.id }] })
  expect(await agent.call('get_task', { task: first.key, with_context: true })).toMatchObject({ progress: [{ seq: 2 }, { seq: 1 }], context: expect.arrayContaining([expect.objectContaining({ section: 'insights' })]) as unknown })

  const prefix = assistant.slice(0, 11)
  expect(await query('SELECT DISTINCT key_prefix FROM task_status_changes WHERE task_id = $1', [first.id])).toEqual([{ key_prefix: prefix }])
  expect(await query('SELECT DISTINCT actor_kind FROM audit_events WHERE entity_id = $1', [first.id])).toEqual([{ actor_kind: 'api_key' }])
  await page.goto(`/fern-forge/projects/${project!.slug}/tasks/${first.number}`)
  await expect(page.getByText(`by API key ${prefix}`).first()).toBeVisible()
  await expect(page.getByText('by API key', { exact: false }).nth(2)).toBeVisible()

  // What was given for reading reads; its tools are no tools, and at a rotated or revoked key the conversation ends.
  const readerApi = await api(reader)
  expect((await readerApi.get(`/api/v1/fern-forge/tasks?project=${project!.slug}&limit=1`)).status()).toBe(200)
  expect((await readerApi.post('/api/v1/fern-forge/tasks', { data: { project: project!.key, title: 'x' } })).status()).toBe(403)
  expect((await readerApi.post('/api/mcp', { data: { jsonrpc: '2.0', id: 1, method: 'tools/list' } })).status()).toBe(403)
  for (const [status, answer] of [
    [404, await readerApi.get('/api/v1/fern-forge/nothing')], [405, await readerApi.delete('/api/v1/fern-forge/projects')], [404, await readerApi.get('/api/v1/copperleaf/projects')],
    [400, await rest.post('/api/v1/fern-forge/tasks', { data: '[1', headers: { 'Content-Type': 'application/json' } })], [415, await rest.post('/api/v1/fern-forge/tasks', { data: 'x', headers: { 'Content-Type': 'text/plain' } })],
    [413, await rest.post('/api/v1/fern-forge/tasks', { data: { title: 'x'.repeat(300_000) } })], [422, await rest.post('/api/v1/fern-forge/tasks', { data: { project: project!.key, title: 'x', due_on: '2026-02-31' } })],
    [404, await rest.get('/api/v1/fern-forge/tasks/018f0000-0000-7000-8000-00000000ffff')], [401, await (await api('bh_nothing')).post('/api/mcp', { data: {} })], [401, await (await request.newContext({ baseURL: BASE })).post('/api/mcp', { data: {} })],
  ] as const) expect([answer.url(), answer.status()]).toEqual([answer.url(), status])
  await query('UPDATE api_keys SET revoked_at = now() WHERE prefix = $1', [prefix])
  await expect(agent.call('whoami')).rejects.toThrow()
  expect((await rest.get('/api/v1/fern-forge/whoami')).status()).toBe(401)
})
