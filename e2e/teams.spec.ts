import { query } from './support/database'
import { expect, test, unique } from './support/page'
import { clientOf, signIn } from './support/people'

// Northline has crews and one manager; field workers see what they are listed on.
test('a team is made, a project is shown to it, access is explained, and it goes only when another takes over', async ({ browser, context, page }) => {
  const [team, project] = [unique('Night crew'), unique('Night round')]
  const [manager] = await query<{ email: string; name: string }>(`SELECT u.email, m.display_name AS name FROM memberships m JOIN users u ON u.id = m.user_id JOIN organizations o ON o.id = m.tenant_id WHERE o.slug = 'northline' AND m.role = 'manager' AND m.status = 'active' ORDER BY u.id LIMIT 1`)
  const [outsider] = await query<{ name: string }>(`SELECT m.display_name AS name FROM memberships m JOIN organizations o ON o.id = m.tenant_id WHERE o.slug = 'northline' AND m.role = 'field' AND m.status = 'active' ORDER BY m.user_id LIMIT 1`)
  await signIn(context, 'tomas.lind@example.com')
  await page.goto('/northline/settings/teams')
  await page.getByRole('button', { name: 'New team' }).click()
  await page.getByLabel('Name', { exact: true }).fill(team)
  await page.getByRole('button', { name: 'Make team' }).click()
  await page.getByRole('link', { name: team }).click()
  await expect(page.getByText('Nobody is in this team.')).toBeVisible()
  await page.getByLabel('Add people').click()
  await page.getByRole('option', { name: manager!.name }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: `Make ${manager!.name} lead` }).click()
  await expect(page.getByText('leads the team now')).toBeVisible()

  // Shown to the team alone: its manager sees it, says who is in the team, and may not delete it.
  await page.goto('/northline/projects')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name', { exact: true }).fill(project)
  await page.getByLabel('Who may see it').selectOption('team')
  await page.getByLabel('Team', { exact: true }).selectOption({ label: team })
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/projects/night-round*')
  const theirs = await browser.newContext()
  await signIn(theirs, manager!.email)
  const there = await theirs.newPage()
  await there.goto('/northline/settings/teams')
  await there.getByRole('link', { name: team }).click()
  await expect(there.getByRole('link', { name: project })).toBeVisible()
  await expect(there.getByRole('button', { name: 'Delete' })).toBeHidden()
  await expect(there.getByRole('button', { name: `Take ${manager!.name} out` })).toBeVisible()
  await theirs.close()

  // Why, for everybody and for one.
  await page.getByRole('button', { name: 'More about this project' }).click()
  await page.getByRole('menuitem', { name: 'Who has access' }).click()
  await expect(page.getByRole('row', { name: new RegExp(`${manager!.name}.*Can manage`) })).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(`${outsider!.name}.*Sees nothing`) })).toBeVisible()
  await page.goto('/northline/settings/roles')
  await page.getByLabel('Person').selectOption({ label: outsider!.name })
  await page.getByLabel('Project', { exact: true }).selectOption({ label: project })
  await page.getByRole('button', { name: 'Explain' }).click()
  await expect(page.getByRole('status').getByText(`It is shown to the team ${team} only`)).toBeVisible()

  await page.goto('/northline/settings/teams')
  await page.getByRole('link', { name: team }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog.getByText('is shown to this team alone')).toBeVisible()
  await dialog.getByLabel('Team that takes over').selectOption({ label: 'Office' })
  await dialog.getByRole('button', { name: 'Delete team' }).click()
  await page.waitForURL('**/settings/teams')
  await expect(page.getByRole('link', { name: team })).toBeHidden()
})

test('a private project is explained to nobody who cannot see it', async () => {
  const [hidden] = await query<{ id: string; owner: string }>(`SELECT c.id, c.owner_user_id AS owner FROM containers c JOIN organizations o ON o.id = c.tenant_id WHERE o.slug = 'fern-forge' AND c.visibility = 'private' ORDER BY c.id LIMIT 1`)
  const api = await clientOf('ada.moss@example.com')
  const [ada] = await query<{ id: string }>(`SELECT id FROM users WHERE email_lc = 'ada.moss@example.com'`)
  test.info().annotations.push({ type: 'owner', description: hidden!.owner })
  expect(hidden!.owner).not.toBe(ada!.id)
  expect((await api.get(`/fern-forge/settings/roles?person=${ada!.id}&project=${hidden!.id}`)).status()).toBe(404)
  expect(await (await api.get('/fern-forge/settings/roles')).text()).not.toContain(hidden!.id)
  await api.dispose()
})
