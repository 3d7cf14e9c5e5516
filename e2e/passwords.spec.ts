import { query } from './support/database'
import { linkOfMail } from './support/mail'
import { makePerson } from './support/make-person'
import { expect, test } from './support/page'
import { clientOf, PASSWORD, signIn } from './support/people'

const NEXT = 'lantern orchard velvet nine'

test('a forgotten password is set anew by a link, which works once and ends every session', async ({ page }) => {
  const person = await makePerson('Rui Costa', { organization: 'copperleaf', role: 'member' })
  const elsewhere = await clientOf(person.email)
  expect((await elsewhere.get('/copperleaf')).status()).toBe(200)
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.waitForURL('**/forgot-password')
  await page.getByLabel('E-mail address').fill(person.email.toUpperCase())
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText('If there is an account for this address')).toBeVisible()
  const path = await linkOfMail('reset_password', person.email)
  await page.goto(path)
  await page.getByLabel('New password', { exact: true }).fill(NEXT)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await expect(page.getByLabel('E-mail address')).toHaveValue(person.email)
  await page.getByLabel('Password', { exact: true }).fill(NEXT)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/organizations')
  expect((await elsewhere.get('/copperleaf')).status()).toBe(307)
  expect((await page.request.get(path)).status()).toBe(410)
})

test('a password that must be changed is changed first, and only then is anything open', async ({ page }) => {
  const person = await makePerson('Edda Falk', { organization: 'copperleaf', role: 'member' })
  await query('UPDATE users SET must_change_password = true WHERE id = $1', [person.id])
  await page.goto('/sign-in?next=/copperleaf/tasks')
  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/new-password?**')
  await page.goto('/account')
  await page.waitForURL('**/new-password?**')
  await page.goto('/copperleaf/tasks')
  await page.waitForURL('**/new-password?next=%2Fcopperleaf%2Ftasks')
  await page.getByLabel('New password', { exact: true }).fill(NEXT)
  await page.getByRole('button', { name: 'Set it and go on' }).click()
  await page.waitForURL('**/copperleaf/tasks')
})

test('a session ended from another browser is out on its next click, and is told why', async ({ browser, context, page }) => {
  const person = await makePerson('Max Vogt', { organization: 'copperleaf', role: 'member' })
  await signIn(context, person.email)
  await page.goto('/copperleaf')
  const other = await browser.newContext({ userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' })
  await signIn(other, person.email)
  const there = await other.newPage()
  await there.goto('/account/sessions')
  await expect(there.getByRole('row').filter({ hasText: 'Firefox on Windows' }).getByText('this one')).toBeVisible()
  await there.getByRole('button', { name: /End the session with Chrome/ }).click()
  await expect(there.getByText('That session is over.')).toBeVisible()
  await page.getByRole('link', { name: 'Tasks', exact: true }).first().click()
  await page.waitForURL('**/sign-in?**')
  await expect(page.getByText('This session was ended from another device.')).toBeVisible()
  // Its owner is told of the new browser.
  expect((await query('SELECT FROM mails WHERE kind = $1 AND to_address = $2', ['new_device', person.email])).length).toBe(1)
  await other.close()
})

test.describe('changing it', () => {
  test.use({ allowed: [/status of 422/] })
  test('asks for the present one, shows the rules, ends the others and keeps this session', async ({ context, page }) => {
    const person = await makePerson('Lia Sommer', { organization: 'copperleaf', role: 'member' })
    await signIn(context, person.email)
    const other = await clientOf(person.email)
    await page.goto('/account/security')
    await page.getByLabel('Present password').fill('not this one at all')
    await page.getByLabel('New password', { exact: true }).fill(NEXT)
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('This is not your present password.')).toBeVisible()
    await page.getByLabel('Present password').fill(PASSWORD)
    await page.getByLabel('New password', { exact: true }).fill('lia sommer lia')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('Use at least 15 characters').first()).toBeVisible()
    await page.getByLabel('Present password').fill(PASSWORD)
    await page.getByLabel('New password', { exact: true }).fill(NEXT)
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByText('Your password is changed.')).toBeVisible()
    expect((await other.get('/copperleaf')).status()).toBe(307)
    await page.goto('/copperleaf')
    await expect(page.getByRole('heading', { name: 'My work' })).toBeVisible()
    await page.goto('/account/log')
    await expect(page.getByText('Password changed').first()).toBeVisible()
  })
})

test('wrong passwords are counted: the sixth in a minute waits, by form and by API alike', async () => {
  const person = await makePerson('Guess Me')
  const api = await clientOf()
  const { csrfToken } = (await (await api.get('/api/auth/csrf')).json()) as { csrfToken: string }
  const byForm = () => api.post('/api/auth/callback/credentials', { form: { csrfToken, json: 'true', email: person.email, password: 'wrong' } })
  const byApi = () => api.post('/api/v1/auth/login', { data: { email: person.email, password: 'wrong' } })
  for (const guess of [byForm, byApi, byForm, byApi, byForm]) expect((await guess()).status()).toBe(401)
  for (const guess of [byForm, byApi]) {
    const answer = await guess()
    expect(answer.status()).toBe(429)
    expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0)
  }
  // The right one waits as well: whoever guesses learns nothing from it.
  expect((await api.post('/api/v1/auth/login', { data: { email: person.email, password: PASSWORD } })).status()).toBe(429)
})
