import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test, unique } from './support/page'
import { signIn } from './support/people'

test('a day without a mouse: command menu, new task, list keys, board keys, help', async ({ context, page }) => {
  // A place of their own: a board shows the most pressing fifty of a column, and other tests fill the demo's.
  const place = await makePlace('invite_only')
  await signIn(context, (await makePerson('Felix Baum', { organization: place.slug, role: 'member' })).email)
  await page.goto(`/${place.slug}/projects`)
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByLabel('Name').fill('Website relaunch')
  await page.getByLabel('Name').press('Enter')
  await page.waitForURL('**/projects/website-relaunch')
  await page.goto(`/${place.slug}`)
  await expect(page.getByRole('heading', { name: 'My work' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: /Skip to/ })).toBeFocused()

  // Ctrl-K finds a project by a part of its name.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('relaunch')
  await expect(page.getByRole('option', { name: /Website relaunch/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/projects/website-relaunch')

  // C makes a task; Ctrl-Enter is not needed, Enter in the title sends the form.
  const title = unique('By keyboard')
  await page.getByRole('heading', { name: 'Website relaunch' }).waitFor()
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog', { name: 'New task' })
  await dialog.getByLabel('Title').focus()
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('link', { name: new RegExp(title) })).toBeVisible()

  // J goes down the list, O opens.
  await page.keyboard.press('j')
  await expect(page.getByRole('link', { name: new RegExp(title) })).toBeFocused()
  await page.keyboard.press('o')
  await expect(page.getByRole('heading', { name: title })).toBeVisible()

  // The board: lift, one column to the right, drop.
  await page.goto(`/${place.slug}/projects/website-relaunch/board`)
  const card = page.getByRole('article').filter({ hasText: title })
  await card.getByRole('button', { name: /^Drag/ }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByText(`${title} is over To do.`)).toBeAttached()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(`${title} is over In progress.`)).toBeAttached()
  await page.keyboard.press('Space')
  await expect(page.getByRole('region', { name: /^In progress/ }).getByText(title)).toBeVisible()

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help.getByText('New task')).toBeVisible()
  // It opens at its beginning.
  await expect(help.getByRole('term').first()).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  // What was typed into a dialog is not thrown away unasked.
  await page.goto(`/${place.slug}/labels`)
  await page.getByRole('button', { name: 'New label' }).first().click()
  const label = page.getByRole('dialog', { name: 'New label' })
  await label.getByLabel('Name').fill('Half a thought')
  await page.keyboard.press('Escape')
  const question = page.getByRole('alertdialog', { name: 'Discard what you typed?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(label.getByLabel('Name')).toHaveValue('Half a thought')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(label).toBeHidden()
})
