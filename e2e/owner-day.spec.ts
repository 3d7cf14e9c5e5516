import AxeBuilder from '@axe-core/playwright'
import { query } from './support/database'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { PASSWORD, signIn } from './support/people'

// Asked before what would let somebody else in.
async function confirm(page: import('@playwright/test').Page) {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  if (!(await dialog.waitFor({ timeout: 1_500 }).then(() => true, () => false))) return
  await dialog.getByLabel('Password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
}

test.describe('an owner runs the organization alone', () => {
  test.use({ allowed: [/status of (403|404|409|422)/] })

  test('members, plan, modules, history, profile, and the end and the return of it', { tag: '@journey' }, async ({ browser, context, page }) => {
    test.setTimeout(180_000)
    const place = await makePlace('invite_only')
    const [owner, mate] = [await makePerson('Olga Brandt', { organization: place.slug, role: 'owner' }), await makePerson('Milo Krantz', { organization: place.slug, role: 'member' })]
    await query(`UPDATE memberships SET status = 'removed' WHERE tenant_id = $1 AND user_id = $2`, [place.id, place.ownerId])
    await signIn(context, owner.email)

    // A role, which acts on the other's next click.
    await page.goto(`/${place.slug}/settings/members`)
    await page.getByRole('button', { name: 'More about Milo Krantz' }).click()
    await page.getByRole('menuitem', { name: 'Change role…' }).click()
    await page.getByRole('alertdialog').getByLabel('Role').selectOption('admin')
    await page.getByRole('button', { name: 'Change role' }).click()
    await confirm(page)
    await expect(page.getByText('Milo Krantz is admin now')).toBeVisible()

    // The only owner does not leave.
    await page.getByRole('button', { name: 'More about Olga Brandt' }).click()
    await page.getByRole('menuitem', { name: 'Leave…' }).click()
    await page.getByRole('button', { name: `Leave Place ${place.mark}` }).click()
    await confirm(page)
    await expect(page.getByText('An organization needs an owner who can sign in.')).toBeVisible()

    // A smaller plan says what it will mean, before.
    await page.goto(`/${place.slug}/settings/plan`)
    await page.getByRole('button', { name: 'Change to Basic' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('Its limits act at once.')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Change to Basic' }).click()
    await confirm(page)
    await expect(page.getByText('The plan is Basic now.')).toBeVisible()

    // Off is gone from the menu, on is back.
    await page.goto(`/${place.slug}/settings/modules`)
    await page.getByRole('button', { name: 'Switch off Projects' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Switch off' }).click()
    await expect(page.getByRole('alertdialog')).toBeHidden()
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tasks' })).toHaveCount(0)
    const away = await page.request.get(`/${place.slug}/tasks`)
    expect(away.status()).toBe(404)
    expect(await away.text()).toContain('Projects is switched off')
    await page.getByRole('button', { name: 'Switch on Projects' }).click()
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tasks' })).toBeVisible()

    // Another address: the old one leads on.
    await page.goto(`/${place.slug}/settings/profile`)
    const slug = `moved-${place.mark}`
    await page.getByLabel('Address').fill('sign-in')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('This address belongs to the application itself.')).toBeVisible()
    await page.getByLabel('Address').fill(slug)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(`**/${slug}/settings/profile`)
    await expect(page.getByText(`The address is /${slug} now.`)).toBeVisible()
    const led = await page.request.get(`/api/v1/${place.slug}/me?x=1`, { maxRedirects: 0 })
    expect([led.status(), led.headers().location]).toEqual([308, `/api/v1/${slug}/me?x=1`])
    await page.goto(`/${place.slug}/settings/members`)
    await page.waitForURL(`**/${slug}/settings/members`)

    // The history says all of it, and is whole; on a phone too.
    await page.setViewportSize({ width: 390, height: 800 })
    await query('SELECT kernel.seal_audit($1, now() + interval \'1 second\', now())', [place.id])
    await page.goto(`/${slug}/settings/audit?action=member.role_changed`)
    await expect(page.getByRole('row').filter({ hasText: 'Milo Krantz' })).toContainText('member')
    await page.getByRole('button', { name: 'Verify' }).click()
    await expect(page.getByText(/Whole: \d+ events in 1 seal are as they were written/)).toBeVisible()
    await query(`UPDATE audit_events SET ip = '192.0.2.9' WHERE tenant_id = $1 AND action = 'member.role_changed'`, [place.id])
    await page.getByRole('button', { name: 'Verify' }).click()
    await expect(page.getByText('Seal 1 has an event that was changed')).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.setViewportSize({ width: 1280, height: 800 })

    // Gone for everybody, and back.
    const other = await browser.newContext()
    await signIn(other, mate.email)
    expect((await other.request.get(`/${slug}`)).status()).toBe(200)
    await page.goto(`/${slug}/settings/danger`)
    await page.getByRole('button', { name: /^Delete Place/ }).click()
    await page.getByRole('alertdialog').getByRole('textbox').fill(slug)
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete the organization' }).click()
    await confirm(page)
    await page.waitForURL('**/organizations')
    expect((await other.request.get(`/${slug}`)).status()).toBe(404)
    await page.getByRole('button', { name: `Bring back Place ${place.mark}` }).click()
    await page.waitForURL(`**/${slug}`)
    expect((await other.request.get(`/${slug}`)).status()).toBe(200)
    await other.close()
  })

  test('somebody who goes hands over what they hold, and is out', async ({ browser, context, page }) => {
    const place = await makePlace('invite_only')
    const [owner, leaver] = [await makePerson('Orla Finn', { organization: place.slug, role: 'owner' }), await makePerson('Lars Vogt', { organization: place.slug, role: 'member' })]
    await query(`INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id) VALUES ($1, gen_random_uuid(), 'project', 'Archive room', 'organization', 'edit', $2), ($1, gen_random_uuid(), 'project', 'Secret diary', 'private', 'edit', $2), ($1, gen_random_uuid(), 'project', 'Old diary', 'private', 'edit', $2)`, [place.id, leaver.id])
    await query(`INSERT INTO projects (tenant_id, id, slug, key, colour) SELECT tenant_id, id, 'p' || substr(md5(id::text), 1, 8), upper(substr(name, 1, 2)), '#334455' FROM containers WHERE tenant_id = $1`, [place.id])
    await query(`UPDATE containers SET deleted_at = now(), deleted_by = $2, purge_after = now() + interval '30 days' WHERE tenant_id = $1 AND name = 'Old diary'`, [place.id, leaver.id])
    await signIn(context, owner.email)
    const out = await browser.newContext()
    await signIn(out, leaver.email)
    await page.goto(`/${place.slug}/settings/members`)
    await page.getByRole('button', { name: 'More about Lars Vogt' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await expect(page.getByRole('link', { name: 'Archive room' })).toBeVisible()
    await expect(page.getByText('1 private project', { exact: true })).toBeVisible()
    await expect(page.getByText('1 private project in the trash')).toBeVisible()
    await expect(page.getByText('Secret diary')).toHaveCount(0)
    await expect(page.getByText('Old diary')).toHaveCount(0)
    await page.getByLabel('Projects go to', { exact: true }).selectOption({ label: 'Orla Finn' })
    await page.getByRole('button', { name: 'Remove Lars Vogt' }).click()
    await confirm(page)
    await expect(page.getByText('Choose who takes over the private projects').first()).toBeVisible()
    await page.getByLabel('Private projects go to').selectOption({ label: 'Orla Finn' })
    await page.getByRole('button', { name: 'Remove Lars Vogt' }).click()
    await page.waitForURL('**/settings/members?**')
    await expect(page.getByText('Lars Vogt was removed. 1 project went to you, 1 private project to you, 1 private project in the trash to you.')).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'Lars Vogt' })).toContainText('has left')
    expect((await out.request.get(`/${place.slug}`)).status()).toBe(404)
    await page.goto(`/${place.slug}/projects`)
    await expect(page.getByRole('link', { name: /Secret diary/ })).toBeVisible()
    await page.goto(`/${place.slug}/trash`)
    await page.getByRole('button', { name: 'Restore Old diary' }).click()
    await expect(page.getByText('Old diary is restored.')).toBeVisible()
    await page.goto(`/${place.slug}/projects`)
    await expect(page.getByRole('link', { name: /Old diary/ })).toBeVisible()
    await out.close()
  })
})
