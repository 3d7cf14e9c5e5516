import { query } from './support/database'
import { linkOfMail } from './support/mail'
import { makePerson } from './support/make-person'
import { expect, test, unique } from './support/page'
import { clientOf, PASSWORD, signIn } from './support/people'

const PHRASE = 'lantern orchard velvet nine'

test('somebody new is invited, makes an account by the link and lands in the organization with the role', async ({ browser, context, page }) => {
  const email = `${unique('uma').replace(' ', '.')}@example.net`
  await signIn(context, 'ines.duarte@example.com')
  await page.goto('/copperleaf/settings/access')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Role', { exact: true }).selectOption('viewer')
  await page.getByLabel('Message').fill('Welcome to the studio')
  await page.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByText(`Invitation sent to ${email}.`)).toBeVisible()
  const path = await linkOfMail('invitation', email)

  const theirs = await browser.newContext()
  const there = await theirs.newPage()
  await there.goto(path)
  await expect(there.getByRole('heading', { name: 'Join Copperleaf Studio' })).toBeVisible()
  await expect(there.getByText('Ines Duarte invites')).toBeVisible()
  await expect(there.getByText('Welcome to the studio')).toBeVisible()
  await there.getByLabel('Your name').fill('Uma Reed')
  await there.getByLabel('Password', { exact: true }).fill(PHRASE)
  await there.getByRole('button', { name: 'Make an account and join' }).click()
  await there.waitForURL('**/welcome/copperleaf')
  await there.getByRole('button', { name: 'Start' }).click()
  await expect(there.getByRole('heading', { name: 'My work' })).toBeVisible()
  await expect(there.getByRole('button', { name: 'New task' })).toBeHidden()
  expect(await query(`SELECT m.role, u.email_verified_at IS NOT NULL AS verified FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email_lc = $1`, [email])).toEqual([{ role: 'viewer', verified: true }])
  expect((await (await clientOf()).get(path)).status()).toBe(410)
  await theirs.close()
})

test('somebody who has an account is asked to sign in, and nobody else can take their place', async ({ browser, context, page }) => {
  const person = await makePerson('Noa Brandt')
  await signIn(context, 'ines.duarte@example.com')
  await page.goto('/copperleaf/settings/access')
  await page.getByLabel('E-mail address').fill(person.email.replace('noa', 'NOA'))
  await page.getByRole('button', { name: 'Invite' }).click()
  await expect(page.getByText('Invitation sent')).toBeVisible()
  const path = await linkOfMail('invitation', person.email)
  // As somebody else.
  await page.goto(path)
  await expect(page.getByText('You are signed in as ines.duarte@example.com')).toBeVisible()

  const theirs = await browser.newContext()
  const there = await theirs.newPage()
  await there.goto(path)
  await there.getByRole('link', { name: 'Sign in to accept' }).click()
  await there.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await there.getByRole('button', { name: 'Sign in', exact: true }).click()
  await there.waitForURL(`**${path}`)
  await there.getByRole('button', { name: 'Join Copperleaf Studio' }).click()
  await there.waitForURL('**/welcome/copperleaf')
  await theirs.close()
})

test('a withdrawn invitation is gone, and a link can be handed over where no mail is wanted', async ({ context, page }) => {
  const email = `${unique('vic').replace(' ', '.')}@example.net`
  await signIn(context, 'ines.duarte@example.com')
  await page.goto('/copperleaf/settings/access')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Delivery').selectOption('link')
  await page.getByRole('button', { name: 'Invite' }).click()
  const link = (await page.locator('code').filter({ hasText: '/invitations/' }).textContent())!
  const path = new URL(link).pathname
  const nobody = await clientOf()
  expect((await nobody.get(path)).status()).toBe(200)
  await page.getByRole('button', { name: `Withdraw the invitation of ${email}` }).click()
  await expect(page.getByText('The invitation is withdrawn.')).toBeVisible()
  expect((await nobody.get(path)).status()).toBe(410)
  expect(await query('SELECT FROM mails WHERE to_address = $1', [email])).toHaveLength(0)
})

test('with approval: somebody asks by code, an owner lets them in with another role', async ({ browser, context, page }) => {
  const person = await makePerson('Kai Stern')
  await signIn(context, 'priya.raman@example.com')
  await page.goto('/marlow/settings/access')
  await page.getByLabel('With approval').check()
  await page.getByRole('button', { name: 'Save' }).first().click()
  await expect(page.getByText('People join: with approval.')).toBeVisible()

  const theirs = await browser.newContext()
  await signIn(theirs, person.email)
  const there = await theirs.newPage()
  await there.goto('/join')
  await there.getByLabel('Code').fill('marwhh5t8')
  await there.getByRole('button', { name: 'Join' }).click()
  await expect(there.getByText('You have asked to join.')).toBeVisible()
  expect((await theirs.request.get('/marlow')).status()).toBe(404)

  await page.reload()
  await page.getByLabel('Role of Kai Stern').selectOption('viewer')
  await page.getByRole('button', { name: 'Let in Kai Stern' }).click()
  await expect(page.getByText('Kai Stern is a member now.')).toBeVisible()
  await linkOfMail('join_approved', person.email)
  await there.goto('/marlow')
  await there.waitForURL('**/welcome/marlow')
  await theirs.close()
})
