import { countMails, linkOfMail } from './support/mail'
import { query } from './support/database'
import { expect, test, unique } from './support/page'

const PHRASE = 'lantern orchard velvet nine'

test('somebody new signs up, confirms, answers three questions and has a first task within two minutes', async ({ page }) => {
  const email = `${unique('nia').replace(' ', '.')}@example.net`
  const organization = unique('Nia Works')
  const began = Date.now()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.waitForURL('**/sign-up')
  await page.getByLabel('Your name').fill('Nia Adler')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Name of the organization').fill(organization)
  await page.getByLabel('Password', { exact: true }).fill('nia adler nia')
  await expect(page.getByRole('listitem').filter({ hasText: '15 characters or more' }).getByLabel('Not yet:')).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(PHRASE)
  await expect(page.getByText('Strong', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByText(`We sent a link to ${email}`)).toBeVisible()
  expect(await query('SELECT FROM users WHERE email_lc = $1', [email])).toHaveLength(0)

  await linkOfMail('sign_up', email)
  await page.goto('/mailbox')
  await page.getByRole('listitem').filter({ hasText: email }).getByRole('link').click()
  await page.getByRole('button', { name: 'Confirm and start' }).click()
  await page.waitForURL('**/welcome/**')
  await expect(page.getByLabel('Name of the organization')).toHaveValue(organization)
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('heading', { name: 'First steps' })).toBeVisible()
  await page.getByRole('button', { name: 'New task' }).click()
  await page.getByLabel('Title').fill('Order the sign for the door')
  await page.getByRole('dialog').getByRole('button', { name: 'Create task' }).click()
  await expect(page.getByText('Order the sign for the door').first()).toBeVisible()
  const seconds = (Date.now() - began) / 1_000
  console.info(`sign up to first task: ${seconds.toFixed(1)} s`)
  expect(seconds).toBeLessThan(120)

  const [made] = await query<{ role: string; projects: number; verified: boolean }>(
    `SELECT m.role, (SELECT count(*)::int FROM projects p WHERE p.tenant_id = m.tenant_id) AS projects, u.email_verified_at IS NOT NULL AS verified FROM users u JOIN memberships m ON m.user_id = u.id WHERE u.email_lc = $1`, [email])
  expect(made).toEqual({ role: 'owner', projects: 2, verified: true })
})

test('an address that has an account gets the same page, a mail that says so, and no second account', async ({ page }) => {
  const before = await countMails('sign_up_known', 'ada.moss@example.com')
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Somebody')
  await page.getByLabel('E-mail address').fill('Ada.Moss@Example.com')
  await page.getByLabel('Password', { exact: true }).fill(PHRASE)
  await page.getByLabel('Name of the organization').fill('Not Adas')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByText('We sent a link to Ada.Moss@Example.com')).toBeVisible()
  await expect.poll(() => countMails('sign_up_known', 'ada.moss@example.com')).toBe(before + 1)
  expect(await query(`SELECT FROM organizations WHERE name = 'Not Adas'`)).toHaveLength(0)
})

test.describe('a used link', () => {
  test.use({ allowed: [/status of 410/] })
  test('says so, and what was typed wrongly is kept', async ({ page }) => {
    const email = `${unique('kept').replace(' ', '.')}@example.net`
    await page.goto('/sign-up')
    await page.getByLabel('Your name').fill('Keeper')
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('too short')
    await page.getByLabel('Name of the organization').fill(unique('Keepers'))
    await page.getByRole('button', { name: 'Sign up' }).click()
    await expect(page.getByText('Use at least 15 characters').first()).toBeVisible()
    await expect(page.getByLabel('E-mail address')).toHaveValue(email)
    await page.getByLabel('Password', { exact: true }).fill(PHRASE)
    await page.getByRole('button', { name: 'Sign up' }).click()
    const path = await linkOfMail('sign_up', email)
    await page.goto(path)
    await page.getByRole('button', { name: 'Confirm and start' }).click()
    await page.waitForURL('**/welcome/**')
    await page.goto(path)
    await expect(page.getByRole('heading', { name: 'This link is no longer good' })).toBeVisible()
  })
  test.use({ allowed: [/status of (410|422)/] })
})
