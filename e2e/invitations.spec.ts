import { query } from './support/database'
import { linkOfMail } from './support/mail'
import { makePerson } from './support/make-person'
import { expect, test, unique } from './support/page'
import { clientOf, PASSWORD, signIn } from './support/people'

const PHRASE = 'lantern orchard velvet nine'

test('somebody new is invited, makes an account by the link and lands in the organization with the role', async ({ browser, context, page }) => {
  const email = `${unique('uma').replace(' ', '.')}@example.net`
  await signIn(context, 'ines.duarte@example.com')
  await page.goto('/copperleaf/settings/invitations')
  await page.getByLabel('E-mail addresses').fill(email)
  await page.getByLabel('Role', { exact: true }).selectOption('viewer')
  await page.getByLabel('Message').fill('Welcome to the studio')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
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
  await page.goto('/copperleaf/settings/invitations')
  await page.getByLabel('E-mail addresses').fill(person.email.replace('noa', 'NOA'))
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByText('Invitation sent')).toBeVisible()
  const path = await linkOfMail('invitation', person.email)
  // As somebody else, who is offered to go on as the one invited.
  await page.goto(path)
  await expect(page.getByText('You are signed in as ines.duarte@example.com')).toBeVisible()
  await page.getByRole('button', { name: /^Sign out and go on as/ }).click()
  await expect(page.getByRole('link', { name: 'Sign in to accept' })).toBeVisible()

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

test('a list with teams: each line is answered, what is wrong stays; a link is made anew, declined and withdrawn', async ({ browser, context, page }) => {
  const mark = unique('row').replace(' ', '.')
  const [first, second] = [`${mark}.one@example.net`, `${mark}.two@example.net`]
  await signIn(context, 'ada.moss@example.com')
  await page.goto('/fern-forge/settings/invitations')
  await page.getByLabel('E-mail addresses').fill(`email,role,team\n${first},viewer,Platform\nnobody at all\n${second}`)
  await page.getByLabel('Delivery').selectOption('link')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const came = page.getByRole('region', { name: 'What came of it' })
  await expect(came.getByText('This is no e-mail address')).toBeVisible()
  await expect(page.getByLabel('E-mail addresses')).toHaveValue('nobody at all')
  const paths = (await came.locator('code').allTextContents()).map((link) => new URL(link).pathname)
  expect(paths).toHaveLength(2)
  expect(await query('SELECT FROM mails WHERE to_address = $1', [first])).toHaveLength(0)

  // A new link: the old one is dead. Whoever holds the new one declines it, signed in or not.
  await page.getByRole('button', { name: `More about the invitation of ${first}` }).click()
  await page.getByRole('menuitem', { name: 'Make a new link' }).click()
  const renewed = new URL((await page.getByRole('dialog').locator('code').textContent())!).pathname
  const nobody = await clientOf()
  expect([(await nobody.get(paths[0]!)).status(), (await nobody.get(renewed)).status()]).toEqual([410, 200])
  const theirs = await browser.newContext()
  const there = await theirs.newPage()
  await there.goto(renewed)
  await expect(there.getByText('Team: Platform')).toBeVisible()
  await there.getByRole('button', { name: 'Decline' }).click()
  await there.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click()
  await expect(there.getByText('This invitation was declined.')).toBeVisible()
  await theirs.close()

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `More about the invitation of ${second}` }).click()
  await page.getByRole('menuitem', { name: 'Withdraw…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click()
  await expect(page.getByText('The invitation is withdrawn.')).toBeVisible()
  expect((await nobody.get(paths[1]!)).status()).toBe(410)
  await page.getByLabel('State').selectOption('declined')
  await page.getByLabel('Address begins with').fill(mark)
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('row', { name: new RegExp(first) })).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(second) })).toBeHidden()
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
