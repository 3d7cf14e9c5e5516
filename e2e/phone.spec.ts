import { expect, test, unique } from './support/page'
import { signIn } from './support/people'

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

test('on a phone: nothing is wider than the screen, and a task is made and started', async ({ context, page }) => {
  await signIn(context, 'ada.moss@example.com')
  for (const path of ['', '/projects', '/tasks', '/projects/website-relaunch', '/projects/website-relaunch/board', '/projects/website-relaunch/tasks/1', '/labels', '/trash', '/settings/access', '/settings/invitations', '/settings/audit', '/settings/isolation']) {
    await page.goto(`/fern-forge${path}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(360)
    await expect(page.getByText('Fern & Forge Software').filter({ visible: true }).first(), path).toBeVisible()
  }
  await page.getByRole('button', { name: /menu|navigation/i }).first().tap()
  await page.getByRole('dialog').getByRole('link', { name: 'Tasks' }).tap()
  await page.waitForURL('**/tasks')
  const title = unique('From the phone')
  await page.getByRole('button', { name: 'New task' }).tap()
  await page.getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Create task' }).tap()
  await page.getByRole('link', { name: new RegExp(title) }).tap()
  await page.getByRole('button', { name: 'Start' }).tap()
  await expect(page.getByRole('button', { name: 'Send to review' })).toBeVisible()
})

test('on a phone: the pages of people and of signing in fit too', async ({ context, page }) => {
  const fits = async (path: string) => {
    await page.goto(path)
    await expect(page.getByRole('heading').first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360)
  }
  for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/mailbox']) await fits(path)
  await signIn(context, 'ada.moss@example.com')
  for (const path of ['/account', '/account/security', '/account/sessions', '/account/log', '/account/notifications', '/account/data', '/organizations', '/organizations/new', '/join']) await fits(path)
})
