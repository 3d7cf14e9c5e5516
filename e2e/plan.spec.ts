import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test, watch } from './support/page'
import { signIn } from './support/people'

// What is refused answers 409 or 422.
test.use({ allowed: [/status of (409|422)/] })

const addTask = async (page: Page, title: string) => {
  await page.getByLabel('Quick add a task').fill(title)
  await page.getByLabel('Quick add a task').press('Enter')
  await expect(page.getByRole('link', { name: new RegExp(title) })).toBeVisible()
}

test('a plan: workstreams and goals, what waits for what, the next task, and a colleague who sees it move', { tag: '@journey' }, async ({ browser, context, page }) => {
  test.setTimeout(120_000)
  const place = await makePlace('invite_only')
  await signIn(context, (await makePerson('Mara Holt', { organization: place.slug, role: 'manager' })).email)
  await page.goto(`/${place.slug}/projects`)
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByLabel('Name').fill('Harvest')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/projects/harvest')
  for (const title of ['Pick apples', 'Press juice', 'Sell bottles']) await addTask(page, title)

  // Above the tasks: a workstream with its branch, and a goal.
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await page.getByRole('button', { name: 'New workstream' }).click()
  await page.getByLabel('Name').fill('Orchard')
  await page.getByLabel('Git branch').fill('no branch')
  await page.getByRole('button', { name: 'Make workstream' }).click()
  await expect(page.getByText('Write the name of a branch, such as feature/invoices.')).toBeVisible()
  await page.getByLabel('Git branch').fill('feature/orchard')
  await page.getByRole('button', { name: 'Make workstream' }).click()
  await expect(page.getByRole('list', { name: 'Workstreams' })).toContainText('feature/orchard')
  await page.getByRole('button', { name: 'New goal' }).click()
  await page.getByLabel('Title').fill('A full cellar')
  await page.getByRole('button', { name: 'Set goal' }).click()
  await expect(page.getByRole('list', { name: 'Goals' })).toContainText('No tasks lead to it yet')
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([])

  // A task belongs to both, and is found by its workstream.
  await page.getByRole('link', { name: 'List', exact: true }).click()
  await page.getByRole('link', { name: /Press juice/ }).first().click()
  await page.getByRole('button', { name: 'Edit' }).click()
  const form = page.getByRole('dialog', { name: 'Edit task' })
  await form.getByLabel('Workstream').selectOption('Orchard')
  await form.getByLabel('Goal').selectOption('A full cellar')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('complementary', { name: 'Facts' })).toContainText('A full cellar')

  // It waits for another; a cycle is refused with the way round, and it does not start before.
  const dialog = page.getByRole('dialog', { name: 'What does it wait for?' })
  const depend = async (on: string) => {
    await page.getByRole('button', { name: 'Add a dependency' }).click()
    await dialog.getByRole('searchbox', { name: 'Task' }).fill(on)
    await dialog.getByRole('radio', { name: new RegExp(on) }).check()
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  }
  await depend('Pick apples')
  await expect(page.getByRole('list', { name: 'Waits for' })).toContainText('Pick apples')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByText('It waits for a task that is not done: Pick apples.').first()).toBeVisible()
  await page.getByRole('list', { name: 'Waits for' }).getByRole('link', { name: /Pick apples/ }).click()
  await expect(page.getByRole('heading', { name: 'Pick apples' })).toBeVisible()
  await depend('Press juice')
  await expect(dialog.getByText('Then these tasks would wait for each other: Pick apples → Press juice → Pick apples.').first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  // A report on the way, and a colleague who has the board open.
  await page.getByLabel('How does it go?').fill('Half of the trees are picked')
  await page.getByLabel('Percent').fill('50')
  await page.getByRole('button', { name: 'Report' }).click()
  await expect(page.getByRole('list', { name: 'Reports' })).toContainText('50 %')
  const theirs = await browser.newContext()
  const colleague = await makePerson('Nils Orth', { organization: place.slug, role: 'member' })
  await signIn(theirs, colleague.email)
  const there = await theirs.newPage()
  const problems: string[] = []
  watch(there, problems)
  await there.goto(`/${place.slug}/projects/harvest/board`)
  await expect(there.getByRole('region', { name: /^To do/ }).getByText('Pick apples')).toBeVisible()
  await page.getByRole('button', { name: 'Complete' }).click()
  await page.getByLabel('What was done?').fill('All trees are empty')
  await page.getByLabel('How was it tested?').fill('Walked through every row')
  await page.getByRole('dialog', { name: /^Done/ }).getByRole('button', { name: 'Complete' }).click()
  await expect(page.getByText('Walked through every row')).toBeVisible()
  await expect(there.getByRole('region', { name: /^Done/ }).getByText('Pick apples')).toBeVisible({ timeout: 5_000 })
  expect(problems).toEqual([])
  await theirs.close()

  // What waited is next; skipped, another is; begun, it says so.
  await page.goto(`/${place.slug}/next`)
  await expect(page.getByRole('heading', { name: 'Press juice' })).toBeVisible()
  await expect(page.getByText('all dependencies done')).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { name: 'Sell bottles' })).toBeVisible()
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing else is left' })).toBeVisible()
  await page.getByRole('link', { name: 'Look at the skipped ones again' }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { name: 'Sell bottles' })).toBeVisible()
  await page.getByLabel('Project').focus()
  await page.getByLabel('Project').selectOption({ label: 'Harvest' })
  await expect(page).toHaveURL(/\/next\?project=[0-9a-f-]{36}$/)
  await expect(page.getByLabel('Project')).toBeFocused()
  await expect(page.getByRole('heading', { name: 'Sell bottles' })).toBeVisible()
  await page.goto(`/${place.slug}/projects/harvest/overview`)
  await expect(page.getByRole('region', { name: 'Lately done' })).toContainText('All trees are empty')
})
