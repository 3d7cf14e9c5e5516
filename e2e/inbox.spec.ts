import { query } from './support/database'
import { makePerson } from './support/make-person'
import { expect, test, unique } from './support/page'
import { BASE, clientOf, signIn } from './support/people'

test('assigned in one browser, the bell moves in the other without a reload; the inbox is gone through by keyboard', async ({ browser, context, page }) => {
  const title = unique('Polish the brass')
  // Nobody else acts as them: the count of their bell is known.
  const colleague = await makePerson(unique('Runa Voss'), { organization: 'fern-forge', role: 'member' })
  const theirs = await browser.newContext()
  await signIn(theirs, colleague.email)
  const [there, second] = [await theirs.newPage(), await theirs.newPage()]
  await there.goto('/fern-forge/projects')
  await second.goto('/fern-forge/tasks')
  const bell = (on: typeof there, count: number) => on.getByRole('complementary').getByRole('link', { name: count === 0 ? /^Inbox$/ : new RegExp(`^Inbox ?${count} unread$`) })
  await expect(bell(there, 0)).toBeVisible()

  await signIn(context, 'ada.moss@example.com')
  await page.goto('/fern-forge/projects/website-relaunch')
  await page.getByRole('button', { name: 'New task' }).click()
  await page.getByLabel('Title').fill(title)
  await page.getByRole('dialog').getByLabel('Assigned to').click()
  await page.getByRole('option', { name: colleague.name }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Create task' }).click()
  await expect(page.getByRole('link', { name: title })).toBeVisible()
  // Both tabs, by one stream.
  await expect(bell(there, 1)).toBeVisible()
  await expect(bell(second, 1)).toBeVisible()
  // The tab that listens is closed: another takes over.
  await there.close()
  await page.getByRole('link', { name: title }).click()
  await page.getByLabel('Write a comment').fill('Mind the corners')
  await page.getByLabel('Tell').click()
  await page.getByRole('option', { name: `@${colleague.name}` }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(page.getByText('Mind the corners')).toBeVisible()
  await expect(bell(second, 2)).toBeVisible({ timeout: 20_000 })

  await second.goto('/fern-forge/inbox?view=told')
  const list = second.getByRole('list', { name: 'Inbox' })
  await expect(list.getByRole('link')).toHaveText([/named you/, /assigned you/])
  // Pointed at first, which waits until its scripts are there: keys before that go nowhere.
  await list.getByRole('link').first().hover()
  await second.keyboard.press('j')
  await expect(list.getByRole('link').first()).toBeFocused()
  await second.keyboard.press('e')
  await expect(list.getByRole('link')).toHaveText([/assigned you/])
  await expect(bell(second, 1)).toBeVisible()
  await second.keyboard.press('k')
  await second.keyboard.press('s')
  await expect(second.getByText('It comes back tomorrow.')).toBeVisible()
  await expect(second.getByText('Nothing waits for you')).toBeVisible()
  await second.getByRole('link', { name: 'Later' }).click()
  await expect(list.getByRole('link')).toHaveText([/assigned you/])
  await theirs.close()
})

test('the stream is for a session: it says the count, hears what happens, and ends with the session', async () => {
  const [person] = await query<{ id: string; tenant: string }>(`SELECT u.id, o.id AS tenant FROM users u, organizations o WHERE u.email_lc = 'felix.baum@example.com' AND o.slug = 'fern-forge'`)
  const api = await clientOf('felix.baum@example.com')
  const cookie = (await api.storageState()).cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const stop = new AbortController()
  const response = await fetch(`${BASE}/api/v1/fern-forge/live`, { headers: { cookie }, signal: stop.signal })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  const reader = response.body!.getReader()
  let heard = ''
  const until = async (pattern: RegExp) => {
    while (!pattern.test(heard)) {
      const { done, value } = await reader.read()
      if (done) return false
      heard += new TextDecoder().decode(value)
    }
    return true
  }
  expect(await until(/"unread":\d+/)).toBe(true)
  // Of another organization nothing is heard, and no key opens it.
  expect((await api.get('/api/v1/copperleaf/live?once=1')).status()).toBe(404)
  expect((await fetch(`${BASE}/api/v1/fern-forge/live?once=1`, { headers: { cookie, authorization: 'Bearer bh_00000000_x' } })).status).toBe(401)
  await query(`UPDATE sessions SET revoked_at = now(), revoke_reason = 'signed_out' WHERE user_id = $1`, [person!.id])
  await query(`SELECT pg_notify('bulkhead_live', $1)`, [`${person!.tenant} ${person!.id}`])
  expect(await until(/never/)).toBe(false)
  stop.abort()
  await api.dispose()
})
