import type { Page } from '@playwright/test'
import { v7 } from '../lib/uuid'
import { query } from './support/database'
import { makePerson } from './support/make-person'
import { makePlace, type Place } from './support/organization'
import { expect, test } from './support/page'
import { signIn } from './support/people'
import { makeSuperAdmin } from './support/super-admin'

test.use({ allowed: [/40[349]|422/] })

const policy = ({ id }: Place, value: string) => query('UPDATE organizations SET support_policy = $2 WHERE id = $1', [id, value])

/** A project with one task, seen by everybody or by its owner alone. */
async function addProject({ id: tenant, ownerId }: Place, slug: string, visibility: 'organization' | 'private') {
  const id = v7()
  await query(`INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id) VALUES ($1, $2, 'project', $3, $4, 'edit', $5)`, [tenant, id, `Project ${slug}`, visibility, ownerId])
  await query(`INSERT INTO projects (tenant_id, id, slug, key, colour) VALUES ($1, $2, $3, $4, '#334455')`, [tenant, id, slug, slug.slice(0, 3).toUpperCase()])
}

async function askFor(page: Page, slug: string, { mode, confirmation }: { mode?: string; confirmation?: string } = {}) {
  await page.goto(`/admin/support?organization=${slug}`)
  await page.getByLabel('Reason').fill('A list does not load for them')
  if (mode) await page.getByLabel('What for').selectOption(mode)
  if (confirmation !== undefined) await page.getByLabel('Address once more').fill(confirmation)
  await page.getByRole('button', { name: 'Come in' }).click()
}

const end = async (page: Page) => {
  await page.goto('/admin/support')
  await page.getByRole('button', { name: /^(End it|Take it back)$/ }).click()
  await expect(page.getByRole('heading', { name: 'Come into an organization' })).toBeVisible()
}

test('who comes in, and where to: fresh proof, the organization’s answer, one at a time, not one’s own, not what is private, until it is over', { tag: '@journey' }, async ({ browser, context, page }) => {
  test.setTimeout(180_000)
  const [place, other] = [await makePlace('invite_only'), await makePlace('invite_only')]
  await addProject(place, 'open', 'organization')
  await addProject(place, 'secret', 'private')
  const owner = await makePerson('Orla Quill', { organization: place.slug, role: 'owner' })
  const member = await makePerson('Mel Stone', { organization: place.slug, role: 'member' })
  const sam = await makeSuperAdmin('Sam Reyes')
  await signIn(context, sam.email)
  await sam.holdFactor()

  // Rule 2: it is they, and lately proven.
  await query(`UPDATE sessions SET factor_at = now() - interval '2 days', proven_at = now() - interval '2 days' WHERE user_id = $1`, [sam.id])
  await page.goto('/admin/support')
  await expect(page.getByRole('heading', { name: 'Support sessions' })).toHaveCount(0)
  await sam.holdFactor()
  await page.goto('/admin/support')
  await expect(page.getByRole('heading', { name: 'Support sessions' })).toBeVisible()

  // Rule 4: refused, declined, and let in.
  await policy(place, 'refuse')
  await askFor(page, place.slug)
  await expect(page.getByText('This organization refuses support.')).toBeVisible()
  await expect(page.getByLabel('Reason')).toHaveValue('A list does not load for them')
  await policy(place, 'ask')
  await askFor(page, place.slug)
  await expect(page.getByRole('heading', { name: /You asked to come into/ })).toBeVisible()
  const theirs = await browser.newContext()
  await signIn(theirs, owner.email)
  const home = await theirs.newPage()
  await home.goto(`/${place.slug}/settings/support`)
  await home.getByRole('button', { name: 'Turn down Sam Reyes' }).click()
  await expect.poll(() => query(`SELECT status FROM support_sessions WHERE admin_user_id = $1`, [sam.id])).toEqual([{ status: 'declined' }])
  expect((await page.goto(`/${place.slug}`))!.status()).toBe(404)

  // Rule 8: where one is a member one goes in as oneself.
  await query(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, joined_at, onboarding_done_at) VALUES ($1, $2, $3, 'Sam Reyes', 'member', now(), now())`, [other.id, v7(), sam.id])
  await askFor(page, other.slug)
  await expect(page.getByText('You are a member there: go in as yourself.')).toBeVisible()

  // Rule 6: the address once more, and not another one.
  await policy(place, 'allow')
  await askFor(page, place.slug, { mode: 'Look and change', confirmation: other.slug })
  await expect(page.getByText(`Type ${place.slug} to confirm.`)).toBeVisible()
  expect((await page.goto(`/${place.slug}`))!.status()).toBe(404)
  await askFor(page, place.slug, { mode: 'Look and change', confirmation: place.slug })
  await page.waitForURL(`**/${place.slug}`)

  // Rule 5: the same form, while one may change things and once one may only look.
  await page.goto(`/${place.slug}/projects/open`)
  const add = page.getByLabel('Quick add a task')
  await add.fill('Made by support')
  await add.press('Enter')
  await expect(page.getByRole('link', { name: 'Made by support' })).toBeVisible()
  await query(`UPDATE support_sessions SET mode = 'read_only' WHERE admin_user_id = $1 AND status = 'active'`, [sam.id])
  await add.fill('Not to be made')
  await add.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: /\w/ }).first()).toBeVisible()
  expect(await query(`SELECT title FROM tasks WHERE tenant_id = $1`, [place.id])).toEqual([{ title: 'Made by support' }])

  // Rule 7: one at a time. The form is gone while one is open, and one sent from another tab is refused.
  await page.goto('/admin/support')
  await expect(page.getByRole('heading', { name: /^You are in/ })).toBeVisible()
  await expect(page.getByLabel('Reason')).toHaveCount(0)

  // Rule 10: what is private is not there, what everybody sees is.
  expect((await page.goto(`/${place.slug}/projects/open`))!.status()).toBe(200)
  expect((await page.goto(`/${place.slug}/projects/secret`))!.status()).toBe(404)
  await page.goto(`/${place.slug}/projects`)
  await expect(page.getByRole('link', { name: 'Project open' })).toBeVisible()
  await expect(page.getByText('Project secret')).toHaveCount(0)

  // Rule 12: owners read it, members have no such page.
  const members = await browser.newContext()
  await signIn(members, member.email)
  expect((await (await members.newPage()).goto(`/${place.slug}/settings/support`))!.status()).toBe(403)
  await home.goto(`/${place.slug}/settings/support`)
  await expect(home.getByText('Sam Reyes').first()).toBeVisible()

  // Rule 11: its time is over.
  expect((await page.goto(`/${place.slug}/tasks`))!.status()).toBe(200)
  await query(`UPDATE support_sessions SET starts_at = now() - interval '31 minutes', ends_at = now() - interval '1 minute' WHERE admin_user_id = $1 AND status = 'active'`, [sam.id])
  expect((await page.goto(`/${place.slug}/tasks`))!.status()).toBe(404)

  // Rules 1 and 11: whoever is no super-admin any more is out, and has no console.
  await askFor(page, place.slug)
  await page.waitForURL(`**/${place.slug}`)
  await query('UPDATE users SET is_super_admin = false WHERE id = $1', [sam.id])
  expect((await page.goto(`/${place.slug}/tasks`))!.status()).toBe(404)
  expect((await page.goto('/admin/support'))!.status()).toBe(404)
})

test('of two tabs that ask at once one comes in', { tag: '@journey' }, async ({ context, page }) => {
  const place = await makePlace('invite_only')
  await policy(place, 'allow')
  const sam = await makeSuperAdmin('Sam Reyes')
  await signIn(context, sam.email)
  await sam.holdFactor()
  const second = await context.newPage()
  await second.goto(`/admin/support?organization=${place.slug}`)
  await askFor(page, place.slug)
  await page.waitForURL(`**/${place.slug}`)
  await second.getByLabel('Reason').fill('The same once more, please')
  await second.getByRole('button', { name: 'Come in' }).click()
  await expect(second.getByText('You have a support session that is open or asked for.')).toBeVisible()
  await end(page)
  expect((await page.goto(`/${place.slug}`))!.status()).toBe(404)
})
