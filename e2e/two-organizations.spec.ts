import { expect, test, unique } from './support/page'
import { signIn } from './support/people'

test('two organizations in two tabs: each says where it is, and a form cannot land in the other', async ({ context, page }) => {
  await signIn(context, 'priya.raman@example.com')
  const other = await context.newPage()
  await page.goto('/northline/projects')
  await other.goto('/marlow/projects')
  await expect(page.getByRole('complementary').getByText('Northline Property Services')).toBeVisible()
  await expect(other.getByRole('complementary').getByText('Marlow Household')).toBeVisible()
  await expect(page.getByText('manager').first()).toBeVisible()
  await expect(other.getByText('owner').first()).toBeVisible()
  await expect(page.getByText('Kitchen renovation')).toHaveCount(0)
  await expect(other.getByText('Winter readiness')).toHaveCount(0)

  // Each tab writes into its own organization, whichever was opened last.
  const name = unique('Northline only')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(page).toHaveURL(/\/northline\/projects\//)
  await other.reload()
  await expect(other.getByText(name)).toHaveCount(0)

  // A tampered form that names an organization she is no member of is refused as unknown.
  await page.goto('/northline/projects')
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name').fill('Must not exist')
  await page.locator('input[name=organization]').evaluateAll((inputs) => inputs.forEach((input) => ((input as HTMLInputElement).value = 'fern-forge')))
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(page.getByText('There is nothing here, or it is not yours to see.')).toBeVisible()
})

test.use({ allowed: [/status of 404/] })

test('the switcher goes from one to the other by keyboard', async ({ context, page }) => {
  await signIn(context, 'priya.raman@example.com')
  await page.goto('/northline')
  await expect(page.getByRole('heading', { name: 'My work' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page.getByRole('menu')).toBeVisible()
  await page.getByRole('menuitem', { name: /Marlow Household/ }).press('Enter')
  await page.waitForURL('**/marlow')
  await expect(page.getByRole('complementary').getByText('Marlow Household')).toBeVisible()
})
