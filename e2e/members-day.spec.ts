import { expect, test, unique } from './support/page'
import { signInByForm } from './support/people'

// Refusals are asked for here, and the browser reports every one.
test.use({ allowed: [/status of (409|422)/] })

test("a member's day: from the inbox to a completed task, with a change of mind", async ({ page }) => {
  await signInByForm(page, 'Kit Rowe')
  await page.getByRole('link', { name: /Fern & Forge/ }).click()
  await expect(page.getByRole('heading', { name: 'My work' })).toBeVisible()

  // A project of one's own, private from the start.
  const project = unique('Garden shed')
  await page.getByRole('link', { name: 'Projects', exact: true }).click()
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name').fill(project)
  await page.getByLabel('Who may see it').selectOption('private')
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(page.getByRole('heading', { name: project, exact: true })).toBeVisible()

  // Quick add, twice, without leaving the line.
  const quick = page.getByLabel('Quick add a task')
  await quick.fill('Buy boards')
  await quick.press('Enter')
  await expect(page.getByRole('link', { name: /Buy boards/ })).toBeVisible()
  await quick.fill('Paint the door')
  await quick.press('Enter')
  await expect(page.getByRole('link', { name: /Paint the door/ })).toBeVisible()

  // A task with everything, refused first, and nothing typed is lost.
  await page.getByRole('button', { name: 'New task' }).click()
  const dialog = page.getByRole('dialog', { name: 'New task' })
  await dialog.getByLabel('Description').fill('Two windows, one door.')
  await dialog.getByLabel('Estimate').fill('soon')
  await dialog.getByRole('button', { name: 'Create task' }).click()
  await expect(dialog.getByText('A title is needed.')).toBeVisible()
  await expect(dialog.getByText(/Write an estimate such as/)).toBeVisible()
  await expect(dialog.getByLabel('Description')).toHaveValue('Two windows, one door.')
  await dialog.getByLabel('Title').fill('Draw the plan')
  await dialog.getByLabel('Estimate').fill('2h')
  await dialog.getByLabel('Priority').selectOption('urgent')
  await dialog.getByRole('button', { name: 'Create task' }).click()
  await expect(dialog).toBeHidden()
  // By its own address: a click opens it at the side of the list.
  await page.goto((await page.getByRole('link', { name: /Draw the plan/ }).getAttribute('href'))!)
  await expect(page.getByRole('heading', { name: 'Draw the plan' })).toBeVisible()

  // Comment, subtask, start; completing waits for the subtask.
  // What was begun is still there after going elsewhere, until it is sent.
  await page.getByLabel('Write a comment').fill('Started with the roof.')
  await page.reload()
  await expect(page.getByLabel('Write a comment')).toHaveValue('Started with the roof.')
  await page.getByRole('button', { name: 'Comment' }).click()
  await expect(page.getByText('Started with the roof.')).toBeVisible()
  await expect(page.getByLabel('Write a comment')).toHaveValue('')
  await page.getByLabel('Add a subtask').fill('Measure')
  await page.getByLabel('Add a subtask').press('Enter')
  await expect(page.getByRole('link', { name: /Measure/ })).toBeVisible()
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByText('In progress').first()).toBeVisible()
  await page.getByRole('button', { name: 'Complete' }).click()
  const complete = page.getByRole('dialog', { name: /Done/ })
  await complete.getByLabel('What was done?').fill('Plan drawn.')
  await complete.getByRole('button', { name: 'Complete' }).click()
  await expect(complete.getByText('1 subtask is open: Measure.')).toBeVisible()
  await expect(complete.getByLabel('What was done?')).toHaveValue('Plan drawn.')
  await complete.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('alertdialog', { name: 'Discard what you typed?' }).getByRole('button', { name: 'Discard' }).click()

  await page.getByRole('link', { name: /Measure/ }).click()
  // The old page stays until the new one has come, with a button of the same name.
  await expect(page.getByRole('heading', { name: 'Measure', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Complete' }).click()
  await page.getByLabel('What was done?').fill('Measured.')
  await page.getByRole('dialog').getByRole('button', { name: 'Complete' }).click()
  await expect(page.getByText('What was done')).toBeVisible()
  await page.getByRole('link', { name: /Draw the plan/ }).click()
  await expect(page.getByRole('heading', { name: 'Draw the plan', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Complete' }).click()
  await page.getByLabel('What was done?').fill('Plan drawn.')
  await page.getByRole('dialog').getByRole('button', { name: 'Complete' }).click()
  await expect(page.getByText('Plan drawn.').first()).toBeVisible()
  await expect(page.getByText(/Completed task/)).toBeVisible()

  // Deleting two at once, and taking it back.
  await page.getByRole('link', { name: project }).click()
  await expect(page.getByRole('heading', { name: project, exact: true })).toBeVisible()
  await page.getByRole('checkbox', { name: /Select GS.*-1$/ }).check()
  await page.getByRole('checkbox', { name: /Select GS.*-2$/ }).check()
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('link', { name: /Buy boards/ })).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('link', { name: /Buy boards/ })).toBeVisible()

  // Bulk edit names what it left alone.
  await page.getByRole('checkbox', { name: 'Select all tasks on this page' }).check()
  await page.getByRole('button', { name: 'Change…' }).click()
  await page.getByRole('dialog').getByLabel('Status').selectOption('in_progress')
  await page.getByRole('dialog').getByRole('button', { name: /^Change \d/ }).click()
  await expect(page.getByRole('dialog').getByText(/could not be changed/)).toBeVisible()
  await expect(page.getByRole('dialog').getByText('(optional)')).toHaveCount(0)

  // What tasks have can be taken from them all.
  await page.getByRole('dialog').getByLabel('Status').selectOption('Leave as it is')
  for (const [field, nothing] of [['Due', 'None'], ['Estimate', 'None'], ['Labels', 'Take all off'], ['Assign', 'Nobody']] as const) await page.getByRole('dialog').getByLabel(field).selectOption(nothing)
  await page.getByRole('dialog').getByRole('button', { name: /^Change \d/ }).click()
  await expect(page.getByText(/^\d+ tasks? changed\.$/).last()).toBeVisible()
  await expect(page.getByRole('dialog', { name: /^Change/ })).toBeHidden()
})

test('the board moves a card by mouse, and asks where a move needs a reason', async ({ page }) => {
  await signInByForm(page, 'Kit Rowe')
  await page.goto('/fern-forge/projects')
  await page.getByRole('button', { name: 'New project' }).click()
  const project = unique('Board')
  await page.getByLabel('Name').fill(project)
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByLabel('Quick add a task').fill('Card to move')
  await page.getByLabel('Quick add a task').press('Enter')
  await expect(page.getByRole('link', { name: /Card to move/ })).toBeVisible()
  await page.getByRole('link', { name: 'Board', exact: true }).click()
  const column = (name: RegExp) => page.getByRole('region', { name })
  const card = page.getByRole('article').filter({ hasText: 'Card to move' })
  await expect(column(/^To do/).getByRole('article')).toHaveCount(1)

  const from = (await card.getByRole('button', { name: /^Drag/ }).boundingBox())!
  const to = (await column(/^In progress/).boundingBox())!
  await page.mouse.move(from.x + 8, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(from.x + 30, from.y + 12, { steps: 4 })
  await page.mouse.move(to.x + to.width / 2, to.y + 80, { steps: 10 })
  await expect(column(/^Review/)).toContainText('Not from To do')
  await page.mouse.up()
  await expect(column(/^In progress/).getByText('Card to move')).toBeVisible()

  await card.getByRole('button', { name: /^Move/ }).click()
  await page.getByRole('menuitem', { name: 'Blocked' }).click()
  await page.getByLabel('What blocks it?').fill('No wood left')
  await page.getByRole('button', { name: 'Mark blocked' }).click()
  await expect(column(/^Blocked/).getByText('No wood left')).toBeVisible()
  await page.reload()
  await expect(column(/^Blocked/).getByText('No wood left')).toBeVisible()
})
