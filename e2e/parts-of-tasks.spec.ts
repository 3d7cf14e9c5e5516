import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { signIn } from './support/people'

const choose = async (page: Page, key: 'a' | 'v', name: string) => {
  const item = page.getByRole('menuitem', { name })
  // A key is heard a moment after its button stands there.
  await expect(async () => {
    await page.keyboard.press(key)
    await item.waitFor({ timeout: 2_000 })
  }).toPass()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
}

test('who does a task and who reviews it are chosen by a key in the list, on the board, at the side and on its page', async ({ context, page }) => {
  const place = await makePlace('invite_only')
  const mara = await makePerson('Mara Holt', { organization: place.slug, role: 'manager' })
  await makePerson('Kit Rowe', { organization: place.slug, role: 'member' })
  await signIn(context, mara.email)
  await page.goto(`/${place.slug}/projects`)
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByLabel('Name').fill('Orchard')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/projects/orchard')
  await page.getByLabel('Quick add a task').fill('Prune trees')
  await page.getByLabel('Quick add a task').press('Enter')
  const row = page.getByRole('row', { name: /Prune trees/ })
  const reviewedBy = (name: string) => page.getByRole('button', { name: `ORCH-1 is reviewed by ${name}` })
  await row.getByRole('link').focus()
  await choose(page, 'v', 'Kit Rowe')
  await expect(reviewedBy('Kit Rowe')).toBeVisible()
  await choose(page, 'a', 'Mara Holt')
  await expect(page.getByRole('button', { name: 'ORCH-1 is assigned to Mara Holt' })).toBeVisible()

  await page.goto(`/${place.slug}/projects/orchard/board`)
  const card = page.getByRole('article').filter({ hasText: 'Prune trees' })
  await card.getByRole('link').focus()
  await choose(page, 'v', 'Nobody')
  await expect(reviewedBy('nobody')).toBeVisible()
  await choose(page, 'v', 'Mara Holt')
  await expect(reviewedBy('Mara Holt')).toBeVisible()

  // At the side of the board, and on its page.
  await card.getByRole('link').click()
  const facts = page.getByLabel('Facts')
  await expect(facts.getByRole('button', { name: 'Choose a reviewer' })).toBeVisible()
  await choose(page, 'v', 'Kit Rowe')
  await expect(facts).toContainText('Reviewed byKit Rowe')
  await page.goto(`/${place.slug}/projects/orchard/tasks/1`)
  await expect(facts.getByRole('button', { name: 'Assign' })).toBeVisible()
  await choose(page, 'a', 'Kit Rowe')
  await expect(facts).toContainText('Assigned toKit Rowe')
  await choose(page, 'v', 'Nobody')
  await expect(facts).toContainText('Reviewed byNobody')

  await page.setViewportSize({ width: 390, height: 800 })
  for (const path of ['', '/board', '/tasks/1']) {
    await page.goto(`/${place.slug}/projects/orchard${path}`)
    await expect(page.getByText('Prune trees').first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
})
