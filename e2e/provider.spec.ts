import { expect, test, unique } from './support/page'
import { makePerson } from './support/make-person'
import { signIn } from './support/people'

// The provider has no picture for the browser's tab. One pattern: of two, the second would be taken for options.
test.use({ allowed: [/status of 404|request to another host: 127\.0\.0\.1/] })

test('somebody new comes by a provider, and somebody signed in connects theirs', async ({ context, page }) => {
  const subject = unique('subject').replace(' ', '-')
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Continue with Lighthouse' }).click()
  await page.getByLabel('Subject').fill(subject)
  await page.getByLabel('E-mail').fill(`${subject}@example.net`)
  await page.getByLabel('Verified').check()
  await page.getByRole('button', { name: 'Come aboard' }).click()
  await page.waitForURL('**/organizations')
  await expect(page.getByText('You are not in an organization yet')).toBeVisible()

  await context.clearCookies()
  const person = await makePerson('Lev Marin')
  await signIn(context, person.email)
  await page.goto('/account/security')
  await page.getByRole('button', { name: 'Connect Lighthouse' }).click()
  await page.getByLabel('Subject').fill(`${subject}-two`)
  await page.getByLabel('E-mail').fill(`${subject}-two@example.net`)
  await page.getByLabel('Verified').check()
  await page.getByRole('button', { name: 'Come aboard' }).click()
  await page.waitForURL('**/account/security?connected=oidc')
  await expect(page.getByText('Lighthouse is connected')).toBeVisible()
  await page.getByRole('button', { name: 'Disconnect Lighthouse' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByText('Disconnected.')).toBeVisible()
})
