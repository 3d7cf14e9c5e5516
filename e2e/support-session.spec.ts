import { readFileSync } from 'node:fs'
import type { APIRequestContext } from '@playwright/test'
import { query } from './support/database'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { clientOf, signIn } from './support/people'
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
  await page.goto(`/${place.slug}/projects/no-such-project`)
  await expect(page.getByRole('heading', { name: 'There is nothing here.' })).toBeVisible()
  await page.goto(`/${place.slug}/tasks`)

  await home.reload()
  await home.getByRole('button', { name: 'End the session of Sam Reyes' }).click()
  await expect(home.getByText('Ended. It acts on their next click.')).toBeVisible()
  // Whoever clicks on is told so, by whatever way they come.
  await page.getByRole('link', { name: 'Projects' }).first().click()
  const over = page.getByRole('heading', { name: /^Your support session in .* is over\.$/ })
  await expect(over).toBeVisible()
  expect((await page.goto(`/${place.slug}/tasks`))!.status()).toBe(404)
  await expect(over).toBeVisible()
  await expect(page.getByText(/An owner or admin there ended it .* ago|An owner or admin there ended it just now/)).toBeVisible()
  await expect(page).toHaveTitle(/Support session over/)
  await expect(page.getByRole('link', { name: 'Support sessions' })).toHaveAttribute('href', '/admin/support')
  await page.getByRole('link', { name: 'Ask to come in again' }).click()
  await expect(page.getByLabel('Organization')).toHaveValue(place.slug)
  // The events of this visit, and no others.
  await query(`INSERT INTO support_sessions (tenant_id, id, admin_user_id, admin_name, admin_email, reason, mode, status, minutes, starts_at, ends_at, ended_at, ended_by, created_at)
    VALUES ($1, gen_random_uuid(), $2, 'Kim Osei', 'kim@example.test', 'Of an earlier visit', 'read_only', 'ended', 30, now() - interval '3 days', now() - interval '3 days', now() - interval '3 days', 'time', now() - interval '3 days')`, [place.id, sam.id])
  await home.reload()
  await home.getByRole('link', { name: '0 events of Kim Osei' }).click()
  await expect(home.getByText(/^Support session of Kim Osei, /)).toBeVisible()
  await expect(home.getByRole('heading', { name: 'No such event' })).toBeVisible()
  await home.getByLabel('Search records').fill('projects')
  await home.getByRole('button', { name: 'Apply' }).click()
  await home.waitForURL(/q=projects/)
  await home.getByRole('link', { name: 'Take this filter off' }).click()
  await expect(home.getByText(/^Support session of/)).toHaveCount(0)
  await expect(home.getByLabel('Search records')).toHaveValue('projects')
  await home.goto(`/${place.slug}/settings/support`)
  await home.getByRole('link', { name: /\d+ events of Sam Reyes/ }).click()
  const download = home.waitForEvent('download')
  await home.getByRole('button', { name: 'Export' }).click()
  await home.getByRole('menuitem', { name: 'CSV' }).click()
  const file = readFileSync(await (await download).path(), 'utf8')
  expect(file.trim().split('\n').slice(1).every((row) => row.includes('Sam Reyes (support)'))).toBe(true)
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
  await expect(stale.getByRole('alert').filter({ hasText: /Your support session in .* is over\. You ended it yourself\. Nothing was stored, and what you typed is still here\./ }).first()).toBeVisible()
  await expect(stale.getByLabel('Quick add a task')).toHaveValue('Too late')
  expect(await query(`SELECT FROM tasks WHERE title = 'Too late'`)).toEqual([])
  expect(await query(`SELECT DISTINCT e.actor_kind FROM audit_events e JOIN organizations o ON o.id = e.tenant_id WHERE o.slug = $1 AND e.action = 'project.created' AND e.support_session_id IS NOT NULL`, [first.slug])).toEqual([{ actor_kind: 'support' }])
})

test('where a support session has ended, everybody else finds what is nowhere', async () => {
  const place = await makePlace('invite_only')
  await query(`UPDATE organizations SET support_policy = 'allow' WHERE slug = $1`, [place.slug])
  const [sam, kim, stranger] = [await makeSuperAdmin('Sam Reyes'), await makeSuperAdmin('Kim Osei'), await makePerson('Nele Brandt')]
  await query(`INSERT INTO support_sessions (tenant_id, id, admin_user_id, admin_name, admin_email, reason, mode, status, minutes, starts_at, ends_at, ended_at, ended_by)
    VALUES ($1, gen_random_uuid(), $2, 'Sam Reyes', $3, 'A list does not load', 'read_only', 'ended', 30, now() - interval '20 minutes', now() + interval '10 minutes', now() - interval '1 minute', 'platform')`, [place.id, sam.id, sam.email])
  const [his, hers, theirs] = [await clientOf(sam.email), await clientOf(kim.email), await clientOf(stranger.email)]
  await sam.holdFactor()
  await kim.holdFactor()
  expect(await (await his.get(`/${place.slug}/tasks`)).text()).toContain('Your support session in')
  const random = `${place.slug.slice(0, -1)}${place.slug.endsWith('x') ? 'y' : 'x'}`
  for (const api of [hers, theirs]) {
    const texts: Set<string>[] = [new Set(), new Set()]
    const isAlike = () => [...texts[0]!].some((text) => texts[1]!.has(text))
    // The parts of a page are sent as they come: a few rounds show the same order on both sides.
    for (let round = 0; round < 4 || (round < 40 && !isAlike()); round++) for (const [side, slug] of [place.slug, random].entries()) texts[side]!.add(await plain(api, slug))
    expect(isAlike()).toBe(true)
  }
  expect(await plain(his, random)).not.toContain('Your support session in')
  await Promise.all([his, hers, theirs].map((api) => api.dispose()))
})

async function plain(api: APIRequestContext, slug: string): Promise<string> {
  const answer = await api.get(`/${slug}/tasks`)
  expect(answer.status()).toBe(404)
  const nonce = /nonce-([^']+)/.exec(answer.headers()['content-security-policy'] ?? '')?.[1] ?? ''
  return (await answer.text()).replaceAll(nonce, 'NONCE').replace(/"requestId":"[^"]+"/g, '').replaceAll(slug, 'NAME')
}
