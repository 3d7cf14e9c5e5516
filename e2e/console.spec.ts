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

test('what a colleague has saved meanwhile is not overwritten unseen: a plan, a limit, a switch', async ({ context, page }) => {
  test.setTimeout(90_000)
  const [place, sam] = [await makePlace('invite_only'), await makeSuperAdmin('Sam Reyes')]
  const key = `plan${Array.from(place.mark, (digit) => 'abcdefghijklmnop'[parseInt(digit, 16)]).join('')}`
  await query(`INSERT INTO plans (key, position, name, monthly_price, members) VALUES ($1, 900, 'Orchard', 1200, 5)`, [key])
  await signIn(context, sam.email)
  await sam.holdFactor()
  const dialog = page.getByRole('dialog')
  await page.goto('/admin/plans')
  const row = page.getByRole('row').filter({ hasText: key })
  await row.getByRole('button', { name: 'Change Orchard' }).click()
  await dialog.getByLabel('Members').fill('8')
  await query('UPDATE plans SET members = 7, monthly_price = 1500, version = version + 1 WHERE key = $1', [key])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('Someone changed this while you were editing.')).toBeVisible()
  await expect(dialog.getByRole('row').filter({ hasText: 'Price a month' })).toContainText('15')
  await expect(dialog.getByLabel('Members')).toHaveValue('8')
  expect(await query('SELECT members FROM plans WHERE key = $1', [key])).toEqual([{ members: 7 }])
  await dialog.getByRole('button', { name: 'Save mine over theirs' }).click()
  await expect(page.getByText('Orchard is changed.')).toBeVisible()
  expect(await query('SELECT members, monthly_price, version FROM plans WHERE key = $1', [key])).toEqual([{ members: 8, monthly_price: 1200, version: 3 }])
  // The next change begins with what is there now.
  await row.getByRole('button', { name: 'Change Orchard' }).click()
  await dialog.getByLabel('Members').fill('9')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await query('SELECT members, version FROM plans WHERE key = $1', [key])).toEqual([{ members: 9, version: 4 }])
  await query('DELETE FROM plans WHERE key = $1', [key])

  await page.goto(`/admin/organizations/${place.id}`)
  await page.getByRole('button', { name: 'Change the limit of seats' }).click()
  await dialog.getByLabel('Number').fill('20')
  await query(`INSERT INTO organization_limits (tenant_id, id, key, value) VALUES ($1, gen_random_uuid(), 'members', 70)`, [place.id])
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(dialog.getByText(/^It is 70.* now\.$/)).toBeVisible()
  await expect(dialog.getByLabel('Number')).toHaveValue('20')
  await dialog.getByRole('button', { name: 'Save mine over theirs' }).click()
  await expect(page.getByText('The limit is changed.')).toBeVisible()
  expect(await query(`SELECT value FROM organization_limits WHERE tenant_id = $1`, [place.id])).toEqual([{ value: 20 }])

  await page.getByRole('button', { name: 'Switch on: Who is here' }).click()
  await query(`UPDATE organizations SET switches = '{"presence": false}' WHERE id = $1`, [place.id])
  await dialog.getByRole('button', { name: 'Switch on' }).click()
  await expect(dialog.getByText('It is off now.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  const [{ name } = { name: '' }] = await query<{ name: string }>('SELECT name FROM organizations WHERE id = $1', [place.id])
  await page.goto('/admin/settings')
  await page.getByRole('searchbox', { name: 'Search' }).fill(name)
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('off')
  await page.getByRole('searchbox', { name: 'Search' }).fill('No such name')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByText('No such organization')).toBeVisible()
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
