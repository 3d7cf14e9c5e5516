import { expect, test } from './support/page'
import { query } from './support/database'
import { clientOf, signIn } from './support/people'

test.use({ allowed: [/status of 404/] })

const SECRET = "Kit's lab"
const slugOfIt = async () => (await query<{ slug: string }>(`SELECT slug FROM projects WHERE slug LIKE 'kits-lab%'`))[0]!.slug

test('a private project is nowhere for a colleague, the owner of the organization included', async ({ context, page }) => {
  const slug = await slugOfIt()
  const kit = await clientOf('kit.rowe@example.com')
  expect((await kit.get(`/fern-forge/projects/${slug}`)).status(), 'the positive control').toBe(200)
  const itsTask = /kits-lab-\w+\/tasks\/(\d+)/.exec(await (await kit.get(`/fern-forge/projects/${slug}`)).text())![1]

  for (const email of ['ada.moss@example.com', 'felix.baum@example.com']) {
    await context.clearCookies()
    await signIn(context, email)
    await page.goto('/fern-forge/projects')
    await expect(page.getByRole('link', { name: /Website relaunch/ })).toBeVisible()
    await expect(page.getByText(SECRET)).toHaveCount(0)

    for (const path of [slug, `${slug}/board`, `${slug}/tasks/${itsTask}`]) expect((await page.goto(`/fern-forge/projects/${path}`))!.status(), path).toBe(404)

    const api = await clientOf(email)
    expect(await (await api.get('/api/v1/fern-forge/search?q=lab')).json()).toEqual({ items: [], instead: [] })
    for (const path of ['/fern-forge', '/fern-forge/tasks?sort=created', '/fern-forge/tasks?assignee=nobody', '/fern-forge/trash', '/fern-forge/settings/audit']) {
      const text = await (await api.get(path)).text()
      expect(text, path).not.toContain('kits-lab')
      expect(text, path).not.toContain(SECRET)
      expect(text, path).not.toContain('Kit&#x27;s lab')
    }
  }
})

test('its tasks move no count that a colleague sees', async () => {
  const ada = await clientOf('ada.moss@example.com')
  const kit = await clientOf('kit.rowe@example.com')
  const total = async (api: typeof ada) => Number(/(\d+) tasks/.exec(await (await api.get('/fern-forge/tasks?sort=created&status=todo')).text())![1])
  const page = await (await kit.get(`/fern-forge/projects/${await slugOfIt()}`)).text()
  expect(page).toContain('kits-lab')
  // Others make tasks meanwhile: asked until nobody has.
  await expect(async () => {
    const before = await total(ada)
    expect(await total(kit)).not.toBe(before)
    expect(await total(ada)).toBe(before)
  }).toPass({ timeout: 20_000 })
})
