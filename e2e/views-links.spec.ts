import { makePerson } from './support/make-person'
import { expect, test, unique } from './support/page'
import { signIn } from './support/people'

test('filters are kept as a view, shared and opened by default; two tasks are linked, found from both ends, and taken apart again', { tag: '@journey' }, async ({ browser, context, page }) => {
  const name = unique('Overdue')
  // Somebody of their own: whose list opens with a view, other tests would look for their tasks in vain.
  await signIn(context, (await makePerson('Vera Lund', { organization: 'fern-forge', role: 'manager' })).email)
  await page.goto('/fern-forge/tasks?due=overdue&sort=due')
  await page.getByRole('button', { name: /^View/ }).click()
  await page.getByRole('menuitem', { name: 'Save these filters…' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Share with everybody').check()
  await page.getByLabel('Open this list with it').check()
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByText(`View ${name} saved.`)).toBeVisible()
  await page.goto('/fern-forge/tasks')
  await expect(page).toHaveURL(/\/tasks\?due=overdue&sort=due$/)
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect(page).toHaveURL(/\/tasks\?view=all$/)
  await expect(page.getByRole('combobox', { name: 'Due' })).toHaveValue('')

  // Everybody has it in their menu, and nobody else's list opens with it.
  const theirs = await browser.newContext()
  await signIn(theirs, 'kit.rowe@example.com')
  const there = await theirs.newPage()
  await there.goto('/fern-forge/tasks')
  await expect(there).toHaveURL(/\/tasks$/)
  await there.getByRole('button', { name: /^View/ }).click()
  await there.getByRole('menuitem', { name }).click()
  await expect(there).toHaveURL(/\/tasks\?due=overdue&sort=due$/)
  await theirs.close()

  await page.getByRole('button', { name: /^View/ }).click()
  await page.getByRole('menuitem', { name: 'Edit my views…' }).click()
  await page.getByRole('button', { name: `Delete ${name}` }).click()
  await expect(page.getByText(`View ${name} deleted.`)).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.goto('/fern-forge/tasks')
  await expect(page).toHaveURL(/\/tasks$/)

  // A project's list has its views among the filters: their dialog is a form of its own.
  await page.goto('/fern-forge/projects/website-relaunch?priority=high')
  await page.getByRole('button', { name: /^View/ }).click()
  await page.getByRole('menuitem', { name: 'Save these filters…' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.getByText(`View ${name} saved.`)).toBeVisible()
  await page.getByRole('button', { name: `View: ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Edit my views…' }).click()
  await page.getByRole('button', { name: `Delete ${name}` }).click()
  await expect(page.getByText(`View ${name} deleted.`)).toBeVisible()

  const titles = [unique('Cause'), unique('Effect')]
  for (const title of titles) {
    await page.goto('/fern-forge/tasks?new=task')
    await page.getByLabel('Title').fill(title)
    await page.getByRole('button', { name: 'Create task' }).click()
    await expect(page.getByRole('dialog', { name: 'New task' })).toBeHidden()
  }
  await page.goto(`/fern-forge/tasks?q=${encodeURIComponent(titles[1]!)}`)
  await page.getByRole('link', { name: titles[1]! }).click()
  await page.getByRole('button', { name: 'Link a task' }).click()
  await page.getByLabel('Relation').selectOption({ label: 'Caused by' })
  await page.getByRole('searchbox', { name: 'Task' }).fill(titles[0]!)
  await page.getByRole('radio', { name: new RegExp(titles[0]!) }).check()
  await page.getByRole('dialog', { name: 'Link another task' }).getByRole('button', { name: 'Link', exact: true }).click()
  const links = page.getByRole('list', { name: 'Linked tasks' })
  await expect(links.getByText('Caused by')).toBeVisible()
  await links.getByRole('link', { name: titles[0]! }).click()
  await expect(page.getByRole('heading', { name: titles[0]! })).toBeVisible()
  await expect(links.getByText('Cause of')).toBeVisible()
  await page.getByRole('button', { name: /^Remove the link to/ }).click()
  await expect(links).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(links.getByText('Cause of')).toBeVisible()
})
