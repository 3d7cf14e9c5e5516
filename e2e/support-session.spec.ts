import { query } from './support/database'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { signIn } from './support/people'
import { makeSuperAdmin } from './support/super-admin'

test.use({ allowed: [/40[349]|422/] })

test('support asks, an owner lets it in, both see it on every page; it only looks, and the owner ends it', async ({ browser, context, page }) => {
  test.setTimeout(120_000)
  const place = await makePlace('invite_only')
  const owner = await makePerson('Orla Quill', { organization: place.slug, role: 'owner' })
  const sam = await makeSuperAdmin('Sam Reyes')
  await signIn(context, sam.email)
  // Without a second factor the console is closed; for others it is not there.
  await page.goto('/admin')
  await expect(page).toHaveURL(/account\/security/)
  await sam.holdFactor()
  expect((await page.goto(`/${place.slug}`))!.status()).toBe(404)

  await page.goto('/admin/support')
  await page.getByLabel('Organization').fill(place.slug)
  await page.getByLabel('Reason').fill('Too short')
  await page.getByRole('button', { name: 'Come in' }).click()
  await expect(page.getByText('Say why in at least 10 characters')).toBeVisible()
  await expect(page.getByLabel('Organization')).toHaveValue(place.slug)
  await expect(page.getByLabel('Reason')).toBeFocused()
  await page.getByLabel('Reason').fill('A list does not load for them')
  await page.getByRole('button', { name: 'Come in' }).click()
  await expect(page.getByRole('heading', { name: /You asked to come into/ })).toBeVisible()
  await expect(page.getByText('An owner was asked. You can go in once they agree.')).toBeVisible()
  const waits = await context.newPage()
  await waits.goto('/admin/support')
  expect((await page.goto(`/${place.slug}`))!.status()).toBe(404)

  const theirs = await browser.newContext()
  await signIn(theirs, owner.email)
  const home = await theirs.newPage()
  expect((await home.goto('/admin'))!.status()).toBe(404)
  await home.goto(`/${place.slug}`)
  await expect(home.getByText('Sam Reyes of support asks to come in')).toBeVisible()
  await home.getByRole('link', { name: 'Answer' }).click()
  await home.getByRole('button', { name: 'Let in Sam Reyes' }).click()
  await expect(home.getByText('Support may come in now.')).toBeVisible()
  await expect(home.getByText('Sam Reyes of support is here to look')).toBeVisible()

  // Whoever asked is told where they wait, and finds the way in among their organizations.
  await expect(waits.getByRole('heading', { name: /^You are in/ })).toBeVisible({ timeout: 20_000 })
  await waits.goto('/organizations')
  await waits.getByRole('link', { name: /as support/ }).click()
  await waits.waitForURL(`**/${place.slug}`)
  await waits.close()

  await page.goto(`/${place.slug}/projects`)
  await expect(page.getByText('Support session of Sam Reyes.')).toBeVisible()
  await expect(page.getByText(/\d+ min left\./)).toBeVisible()
  await expect(page.getByRole('button', { name: 'New project' })).toHaveCount(0)
  for (const settings of ['api-keys', 'invitations', 'audit', 'security', 'support']) expect((await page.goto(`/${place.slug}/settings/${settings}`))!.status(), settings).not.toBe(200)
  await expect(page.getByRole('heading', { name: 'Support does not reach this page' })).toBeVisible()
  await page.goto(`/${place.slug}/tasks`)

  await home.reload()
  await home.getByRole('button', { name: 'End the session of Sam Reyes' }).click()
  await expect(home.getByText('Ended. It acts on their next click.')).toBeVisible()
  expect((await page.goto(`/${place.slug}/tasks`))!.status()).toBe(404)
  await home.getByRole('link', { name: /\d+ events/ }).click()
  await expect(home.getByText('Sam Reyes (support)').first()).toBeVisible()
  await expect(home.getByText(`/${place.slug}/projects`).first()).toBeVisible()
  const paths = await query<{ label: string }>(`SELECT d.label FROM audit_events e JOIN audit_details d ON d.tenant_id = e.tenant_id AND d.event_id = e.id JOIN organizations o ON o.id = e.tenant_id WHERE o.slug = $1 AND e.action = 'support.page_opened'`, [place.slug])
  expect(paths.map(({ label }) => label)).toEqual(expect.arrayContaining([`/${place.slug}/projects`, `/${place.slug}/settings/api-keys`]))
})

test('support that may change things confirms it, is marked in the record’s history, and a tab from before a switch writes nowhere', async ({ context, page }) => {
  test.setTimeout(120_000)
  const [first, second] = [await makePlace('invite_only'), await makePlace('invite_only')]
  for (const { slug } of [first, second]) await query(`UPDATE organizations SET support_policy = 'allow' WHERE slug = $1`, [slug])
  const sam = await makeSuperAdmin('Sam Reyes')
  await signIn(context, sam.email)
  await sam.holdFactor()
  const comeInto = async (slug: string) => {
    await page.goto(`/admin/support?organization=${slug}`)
    await page.getByLabel('Reason').fill('Mending what they asked for')
    await page.getByLabel('What for').selectOption('Look and change')
    await page.getByRole('button', { name: 'Come in' }).click()
    await expect(page.getByText(`Type ${slug} to confirm.`)).toBeVisible()
    await page.getByLabel('Address once more').fill(slug)
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.waitForURL(`**/${slug}`)
  }
  await comeInto(first.slug)
  await page.goto(`/${first.slug}/projects`)
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByLabel('Name').fill('Mended by support')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/projects/mended-by-support*')
  const stale = await context.newPage()
  await stale.goto(page.url())
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Come into an organization' })).toBeVisible()
  await comeInto(second.slug)
  await stale.getByLabel('Quick add a task').fill('Too late')
  await stale.getByLabel('Quick add a task').press('Enter')
  await expect(stale.getByRole('alert').filter({ hasText: /not yours to see|nothing here/i }).first()).toBeVisible()
  await expect(stale.getByLabel('Quick add a task')).toHaveValue('Too late')
  expect(await query(`SELECT FROM tasks WHERE title = 'Too late'`)).toEqual([])
  expect(await query(`SELECT DISTINCT e.actor_kind FROM audit_events e JOIN organizations o ON o.id = e.tenant_id WHERE o.slug = $1 AND e.action = 'project.created' AND e.support_session_id IS NOT NULL`, [first.slug])).toEqual([{ actor_kind: 'support' }])
})
