import { readFileSync } from 'node:fs'
import { query } from './support/database'
import { linkOfMail } from './support/mail'
import { makePerson } from './support/make-person'
import { expect, test } from './support/page'
import { clientOf, PASSWORD, signIn } from './support/people'

// One red pixel: drawn to a square by the browser before it is sent.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')

test('name, picture, time zone and the way dates are written are mine to choose, and show in the organization', async ({ context, page }) => {
  const person = await makePerson('Ruth Amsel', { organization: 'copperleaf', role: 'member' })
  await signIn(context, person.email)
  await page.goto('/account')
  await page.getByLabel('Name').fill('Ruth Amsel-Wirth')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await page.getByLabel('Dates are written').selectOption('iso')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.getByLabel('Choose a picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: PICTURE })
  await expect(page.getByText('Your picture is set.')).toBeVisible()
  const source = await page.locator('main img[src*="/avatars/"]').getAttribute('src')
  const [colleague, stranger] = [await clientOf('rosa.quist@example.com'), await clientOf('ada.moss@example.com')]
  expect((await colleague.get(source!)).headers()['content-type']).toBe('image/jpeg')
  expect((await stranger.get(source!)).status()).toBe(404)
  await page.goto('/account/sessions')
  await expect(page.locator('time').first()).toHaveAttribute('title', /^\d{4}-\d\d-\d\d \d\d:\d\d \(Asia\/Tokyo\)$/)
})

test.describe('what wants a proof', () => {
  // The first try is refused: upon that the page asks.
  test.use({ allowed: [/status of 403/] })
  test('another address is used once its link is opened, the old one is told, and sensitive acts ask for the password again', async ({ context, page }) => {
  const person = await makePerson('Jo Lindt')
  await signIn(context, person.email)
  await query(`UPDATE sessions SET proven_at = now() - interval '1 hour' WHERE user_id = $1`, [person.id])
  const wished = `new.${person.email}`
  await page.goto('/account')
  await page.getByLabel('Another address').fill(wished)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Confirm that it is you' })).toBeVisible()
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText(`We sent a link to ${wished}`)).toBeVisible()
  const path = await linkOfMail('change_email', wished)
  await page.goto(path)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText(`${wished} is confirmed.`)).toBeVisible()
  expect(await query('SELECT email_lc FROM users WHERE id = $1', [person.id])).toEqual([{ email_lc: wished }])
  expect(await query(`SELECT FROM mails WHERE kind = 'email_changed' AND to_address = $1`, [person.email])).toHaveLength(1)
})
})

test('my data is one file about me; I leave an organization and delete my account for good', async ({ context, page }) => {
  const person = await makePerson('Ben Otter', { organization: 'copperleaf', role: 'member' })
  await signIn(context, person.email)
  await page.goto('/account/data')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export my data' }).click()])
  const data = JSON.parse(readFileSync(await download.path(), 'utf8')) as { account: { email: string }; organizations: Record<string, unknown> }
  expect(data.account.email).toBe(person.email)
  expect(Object.keys(data.organizations)).toEqual(['copperleaf'])
  expect(JSON.stringify(data)).not.toMatch(/\$argon2|tokenHash|passwordHash|codeHash/)

  // An open task of theirs stands in the way, and the page leads to where it is handed over.
  await query(`INSERT INTO task_assignees (tenant_id, id, project_id, task_id, user_id) SELECT t.tenant_id, gen_random_uuid(), t.project_id, t.id, $1 FROM tasks t JOIN organizations o ON o.id = t.tenant_id JOIN memberships m ON m.tenant_id = t.tenant_id AND m.user_id = $1 WHERE t.status = 'todo' AND t.deleted_at IS NULL ORDER BY t.id LIMIT 1`, [person.id])
  await page.reload()
  await expect(page.getByRole('button', { name: 'Delete my account' })).toBeDisabled()
  await expect(page.getByText('Copperleaf Studio: 1 open task')).toBeVisible()
  await page.getByRole('link', { name: 'Copperleaf Studio' }).last().click()
  await expect(page.getByRole('heading', { name: 'Leave Copperleaf Studio' })).toBeVisible()
  await query('DELETE FROM task_assignees WHERE user_id = $1', [person.id])
  await page.goto('/account/data')

  await page.getByRole('button', { name: 'Leave Copperleaf Studio' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByText('You have left Copperleaf Studio.')).toBeVisible()
  expect((await context.request.get('/copperleaf')).status()).toBe(404)

  await page.getByRole('button', { name: 'Delete my account' }).click()
  await page.getByLabel(/to confirm/).fill(person.email)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete my account' }).click()
  await page.waitForURL('**/sign-in?ended=account_deleted')
  expect(await query('SELECT name, email, status FROM users WHERE id = $1', [person.id])).toEqual([{ name: 'Former member', email: null, status: 'deactivated' }])
})

test('the last owner cannot leave or delete the account, and is told the way out', async ({ context, page }) => {
  await signIn(context, 'tomas.lind@example.com')
  await page.goto('/account/data')
  await expect(page.getByText('You are the only owner of Northline Property Services.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete my account' })).toBeDisabled()
  await expect(page.getByText('You are its only owner')).toBeVisible()
})

test('what is told by mail can be switched off', async ({ context, page }) => {
  const person = await makePerson('Ida Kranz')
  await signIn(context, person.email)
  await page.goto('/account/notifications')
  await page.getByLabel('A sign-in from a new browser').uncheck()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('A sign-in from a new browser')).not.toBeChecked()
})
