import { request } from '@playwright/test'
import { query } from './support/database'
import { expect, test, unique } from './support/page'
import { BASE, signIn } from './support/people'

test('a key is made, shown once, works for what it was given, is rotated and revoked', async ({ context, page }) => {
  const name = unique('Nightly report')
  const [website] = await query<{ id: string }>(`SELECT p.id FROM projects p JOIN organizations o ON o.id = p.tenant_id WHERE o.slug = 'fern-forge' AND p.slug = 'website-relaunch'`)
  await signIn(context, 'ada.moss@example.com')
  await page.goto('/fern-forge/settings/api-keys')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Calls an hour').fill('9')
  await page.getByLabel('Only in').selectOption(website!.id)
  await page.getByRole('button', { name: 'Make key' }).click()
  const first = (await page.getByRole('dialog').locator('code').textContent())!
  await page.getByRole('button', { name: 'I have it' }).click()
  await expect(page.getByText(first)).toBeHidden()

  const as = (key: string) => request.newContext({ baseURL: BASE, extraHTTPHeaders: { Authorization: `Bearer ${key}` } })
  const script = await as(first)
  const me = (await (await script.get('/api/v1/fern-forge/me')).json()) as { permissions: string[]; key: { project_id: string } }
  expect(me.permissions.filter((one) => !one.endsWith(':read'))).toEqual([])
  expect([me.permissions, me.key.project_id]).toEqual([expect.arrayContaining(['organization:read', 'tasks:read']), website!.id])
  // Of the other projects of its owner it finds nothing.
  const found = async (q: string) => ((await (await script.get(`/api/v1/fern-forge/search?q=${q}`)).json()) as { items: { href: string }[] }).items
  const hits = [...(await found('website')), ...(await found('t'))]
  expect(hits.length).toBeGreaterThan(0)
  for (const { href } of hits) expect(href).toContain('/projects/website-relaunch')
  expect((await script.get('/api/v1/adas-workspace/me')).status()).toBe(404)
  expect((await script.get('/api/v1/no-such-place/me')).status()).toBe(404)
  expect((await (await as(`${first.slice(0, -1)}${first.endsWith('a') ? 'b' : 'a'}`)).get('/api/v1/fern-forge/me')).status()).toBe(401)
  // No page is opened by it, and no cookie helps a bad one.
  expect((await script.get('/fern-forge', { maxRedirects: 0 })).status()).toBe(307)

  await page.reload()
  await page.getByRole('button', { name: `Rotate ${name}` }).click()
  await page.getByLabel('How long the old one goes on').selectOption('0')
  await page.getByRole('button', { name: 'Rotate', exact: true }).last().click()
  const second = (await page.getByRole('dialog').locator('code').textContent())!
  await page.getByRole('button', { name: 'I have it' }).click()
  expect((await script.get('/api/v1/fern-forge/me')).status()).toBe(401)
  const successor = await as(second)
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) statuses.push((await successor.get('/api/v1/fern-forge/me')).status())
  expect(statuses.slice(8)).toEqual([200, 429, 429])
  expect(Number((await successor.get('/api/v1/fern-forge/me')).headers()['retry-after'])).toBeGreaterThan(0)

  await page.getByRole('link', { name: 'All' }).click()
  await page.getByRole('button', { name: `Revoke ${name}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('The key is revoked.')).toBeVisible()
  expect((await successor.get('/api/v1/fern-forge/me')).status()).toBe(401)

  // Where API access is off, the page says so.
  await signIn(context, 'ines.duarte@example.com')
  await page.goto('/copperleaf/settings/api-keys')
  await expect(page.getByText('API access is switched off')).toBeVisible()
})
