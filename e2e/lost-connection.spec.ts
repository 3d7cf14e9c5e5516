import { expect, test } from './support/page'
import { signIn } from './support/people'

const SCRIPTS = '**/_next/static/chunks/**'

test.use({ allowed: [/ERR_FAILED/] })

test('a part that cannot be fetched is said and comes later; what was typed stays', async ({ context, page }) => {
  await signIn(context, 'ada.moss@example.com')
  await page.goto('/fern-forge/projects/website-relaunch/tasks/1')
  const comment = page.getByRole('textbox', { name: /comment/i }).first()
  await page.route(SCRIPTS, (route) => route.abort())
  await comment.fill('Half a thought')
  await page.getByRole('button', { name: /your account|account menu|Ada/i }).first().click()
  await expect(page.getByRole('alert').filter({ hasText: 'could not be fetched' })).toBeVisible()
  await expect(comment).toHaveValue('Half a thought')
  await page.unroute(SCRIPTS)
  await expect(page.getByRole('menu')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('alert').filter({ hasText: 'could not be fetched' })).toBeHidden()
  await expect(comment).toHaveValue('Half a thought')
})
