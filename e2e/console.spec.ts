import AxeBuilder from '@axe-core/playwright'
import { CONSOLE_ROUTES } from './support/console-table'
import { query } from './support/database'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { signIn } from './support/people'
import { makeSuperAdmin } from './support/super-admin'

test.use({ allowed: [/40[349]|422/] })

test('an organization is made, found, suspended with a reason that its owner reads, opened again, and cancelled by its typed address', { tag: '@journey' }, async ({ browser, context, page }) => {
  test.setTimeout(120_000)
  const [owner, sam] = [await makePerson('Linh Tran'), await makeSuperAdmin('Sam Reyes')]
  await signIn(context, sam.email)
  await sam.holdFactor()
  await page.goto('/admin')
  await page.getByRole('button', { name: 'New organization' }).click()
  const name = `Larch ${owner.id.slice(-8)}`
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-mail address of its owner').fill('not an address')
  await page.getByRole('button', { name: 'Create organization' }).click()
  await expect(page.getByText('Enter the e-mail address of its owner.')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name)
  await page.getByLabel('E-mail address of its owner').fill(owner.email)
  await page.getByRole('button', { name: 'Create organization' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  const [{ slug } = { slug: '' }] = await query<{ slug: string }>('SELECT slug FROM organizations WHERE name = $1', [name])

  await page.getByRole('button', { name: 'Suspend', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('Say why in at least 10 characters')).toBeVisible()
  await page.getByLabel('Reason').fill('Two invoices are open since May')
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
  await expect(page.getByText('Suspended, and its members read why')).toBeVisible()
  const theirs = await browser.newContext()
  await signIn(theirs, owner.email)
  const home = await theirs.newPage()
  await home.goto(`/${slug}`)
  await expect(home.getByRole('heading', { name: `${name} is suspended` })).toBeVisible()
  await expect(home.getByText('The reason given: Two invoices are open since May.')).toBeVisible()
  await page.getByRole('button', { name: 'Open again' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open again' }).click()
  await expect(page.getByText('It is open again.')).toBeVisible()
  await home.reload()
  await expect(home.getByRole('heading', { name: `${name} is suspended` })).toHaveCount(0)

  await page.getByRole('button', { name: 'Cancel organization' }).click()
  await page.getByLabel('Reason').fill('They asked for it in writing')
  await page.getByLabel(/Type .* to confirm/).fill('something-else')
  await page.getByRole('button', { name: 'Cancel the organization' }).click()
  await expect(page.getByText(`Type ${slug} to confirm.`).first()).toBeVisible()
  await expect(page.getByLabel('Reason')).toHaveValue('They asked for it in writing')
  await page.getByLabel(/Type .* to confirm/).fill(slug)
  await page.getByRole('button', { name: 'Cancel the organization' }).click()
  await expect(page.getByText('Cancelled by the platform.')).toBeVisible()
  expect((await home.goto(`/${slug}`))!.status()).toBe(404)

  await page.goto(`/admin?q=${encodeURIComponent(name.toUpperCase())}&state=cancelled`)
  await expect(page.getByRole('link', { name })).toBeVisible()
  await page.goto(`/admin/audit?person=${sam.email}&action=organization.cancelled`)
  await expect(page.getByText('They asked for it in writing')).toBeVisible()
})

test('a super-admin is made by two; an announcement is seen and put away', { tag: '@journey' }, async ({ browser, context, page }) => {
  test.setTimeout(120_000)
  const place = await makePlace('invite_only')
  const [nora, sam, kim] = [await makePerson('Nora Vale', { organization: place.slug, role: 'member' }), await makeSuperAdmin('Sam Reyes'), await makeSuperAdmin('Kim Osei')]
  await signIn(context, sam.email)
  await sam.holdFactor()
  await page.goto(`/admin/people?q=${nora.email}`)
  await page.getByRole('link', { name: 'Nora Vale' }).click()
  await page.getByRole('button', { name: 'Ask for super-admin' }).click()
  await page.getByLabel('Reason').fill('She takes over from Kim in June')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(page.getByText('Another super-admin has to approve it.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0)
  const theirs = await browser.newContext()
  await signIn(theirs, kim.email)
  await kim.holdFactor()
  const second = await theirs.newPage()
  await second.goto(page.url())
  await second.getByRole('button', { name: 'Approve' }).click()
  await second.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect(second.getByText('Nora Vale is a super-admin.')).toBeVisible()

  const words = `Maintenance of ${place.slug} on Sunday`
  await page.goto('/admin/announcements')
  await page.getByRole('button', { name: 'New announcement' }).first().click()
  await page.getByLabel('What you say').fill(words)
  await page.getByLabel('Organizations').fill(place.slug)
  await page.getByRole('button', { name: 'Announce', exact: true }).click()
  await expect(page.getByRole('cell', { name: words, exact: true })).toBeVisible()
  const members = await browser.newContext()
  await signIn(members, nora.email)
  const home = await members.newPage()
  await home.goto(`/${place.slug}`)
  await expect(home.getByText(words)).toBeVisible()
  await home.getByRole('button', { name: 'Put this announcement away' }).click()
  await home.reload()
  await expect(home.getByRole('main')).toBeVisible()
  await expect(home.getByText(words)).toHaveCount(0)
})

test('axe finds nothing in the console, light and dark, and nothing is wider than a phone', { tag: '@journey' }, async ({ context, page }) => {
  test.setTimeout(180_000)
  const [place, sam] = [await makePlace('invite_only'), await makeSuperAdmin('Sam Reyes')]
  const [row] = await query<{ id: string }>('SELECT id FROM organizations WHERE slug = $1', [place.slug])
  await signIn(context, sam.email)
  await sam.holdFactor()
  const found: string[] = []
  for (const [route, path] of Object.entries(CONSOLE_ROUTES).filter(([name]) => name.endsWith('/page'))) {
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize(scheme === 'dark' ? { width: 360, height: 800 } : { width: 1280, height: 900 })
      await page.goto(path({ organization: row!.id, slug: place.slug, person: sam.id }))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).setLegacyMode().analyze()
      found.push(...violations.map(({ id, nodes }) => `${route}, ${scheme}: ${id}: ${nodes.map(({ html }) => html).join(' | ').slice(0, 300)}`))
      const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (width > 0) found.push(`${route}, ${scheme}: ${width}px too wide`)
    }
  }
  expect(found).toEqual([])
})
