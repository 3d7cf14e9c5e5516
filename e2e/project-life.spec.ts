import AxeBuilder from '@axe-core/playwright'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { signIn } from './support/people'

// What is refused answers 404 or 422.
test.use({ allowed: [/status of (404|422)/] })

test('a project from its start day to the trash and back: findings, reviewers, and what goes with it', async ({ context, page }) => {
  test.setTimeout(120_000)
  const place = await makePlace('invite_only')
  await signIn(context, (await makePerson('Mara Holt', { organization: place.slug, role: 'manager' })).email)
  const axe = async () => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.goto(`/${place.slug}/projects?new=project`)
  await page.getByLabel('Name').fill('Orchard')
  await page.getByLabel('Start day').fill('2027-03-02')
  await page.getByLabel('Target day').fill('2027-03-01')
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(page.getByText('Choose a start day that is not after the target day.')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('Orchard')
  await page.getByLabel('Start day').fill('2027-03-01')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/projects/orchard')
  await page.getByLabel('Quick add a task').fill('Prune trees')
  await page.getByLabel('Quick add a task').press('Enter')
  await expect(page.getByRole('link', { name: /Prune trees/ })).toBeVisible()

  // Whoever reviews it is chosen beside whoever does it.
  await page.goto(`/${place.slug}/projects/orchard/tasks/1`)
  await page.keyboard.press('e')
  await page.getByLabel('Reviewed by').click()
  await page.getByRole('option', { name: 'Mara Holt' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByLabel('Facts')).toContainText('Reviewed by')

  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/${place.slug}/projects/orchard/overview`)
  await expect(page.getByText('Starts 1 Mar 2027 · Target 1 Mar 2027')).toBeVisible()
  const loose = page.getByRole('region', { name: 'Nobody’s' })
  await expect(loose.getByRole('link', { name: /Prune trees/ })).toBeVisible()
  await axe()
  await loose.getByRole('link', { name: 'Nobody’s 1' }).click()
  await expect(page).toHaveURL(/\?finding=unassigned$/)
  await expect(page.getByLabel('Finding')).toHaveValue('unassigned')
  await expect(page.getByRole('link', { name: /Prune trees/ })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.getByLabel('Reviewed by').selectOption('me')
  await expect(page).toHaveURL(/reviewer=me/)
  await expect(page.getByRole('link', { name: /Prune trees/ })).toBeVisible()

  await page.getByRole('button', { name: 'More about this project' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('1 task goes with it.')
  await axe()
  await dialog.getByRole('textbox').fill('ORCH')
  await dialog.getByRole('button', { name: 'Delete the project' }).click()
  await page.waitForURL(`**/${place.slug}/projects`)
  await expect(page.getByText('Orchard is deleted. For 30 days it can be restored from the trash.')).toBeVisible()
  expect((await page.goto(`/${place.slug}/projects/orchard`))!.status()).toBe(404)
  await page.goto(`/${place.slug}/trash`)
  await axe()
  await page.getByRole('button', { name: 'Restore Orchard' }).click()
  await expect(page.getByText('Orchard is restored.')).toBeVisible()
  expect((await page.goto(`/${place.slug}/projects/orchard`))!.status()).toBe(200)
  await expect(page.getByRole('link', { name: /Prune trees/ })).toBeVisible()
})
