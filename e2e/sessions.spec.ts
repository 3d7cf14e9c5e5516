import { expect, test } from './support/page'
import { query } from './support/database'
import { BASE, clientOf, PASSWORD, signIn } from './support/people'

test('a session revoked elsewhere is out on the next click, and comes back to the same place', async ({ context, page }) => {
  await signIn(context, 'marta.silva@example.com')
  await page.goto('/sentinel/projects')
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
  await query(`UPDATE sessions s SET revoked_at = now(), revoke_reason = 'test' FROM users u WHERE u.id = s.user_id AND u.email_lc = 'marta.silva@example.com'`)
  await page.getByRole('link', { name: 'Source review' }).click()
  await page.waitForURL('**/sign-in?next=**')
  await page.getByLabel('E-mail address').fill('marta.silva@example.com')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/sentinel/projects/source-review')
})

test('a wrong password and an unknown address get the same answer, and neither opens a session', async ({ page }) => {
  await page.goto('/sign-in')
  const texts: string[] = []
  for (const email of ['ada.moss@example.com', 'nobody@example.com', 'pavel.dorn@example.com']) {
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    const alert = page.getByRole('alert').filter({ hasText: 'password' })
    await expect(alert).toBeVisible()
    texts.push((await alert.textContent())!)
    await page.reload()
  }
  expect(new Set(texts).size).toBe(1)
  expect((await page.context().cookies()).filter(({ name }) => name.endsWith('bulkhead.session'))).toEqual([])
})
test.use({ allowed: [/status of 401/] })

test('there is no way in without a password', async () => {
  const api = await clientOf()
  const { csrfToken } = (await (await api.get('/api/auth/csrf')).json()) as { csrfToken: string }
  const hostile: Record<string, string>[] = [
    {}, { email: 'ada.moss@example.com' }, { email: 'ada.moss@example.com', password: '' }, { email: 'ada.moss@example.com', password: 'null' },
    { email: 'ada.moss@example.com', demo: '1' }, { email: 'pavel.dorn@example.com', password: '' }, { email: "ada.moss@example.com' OR '1'='1", password: PASSWORD }, { email: 'ada.moss@example.com\0', password: PASSWORD },
    { email: 'forge.runner@example.com', password: PASSWORD }, { email: 'unassigned@example.com', password: PASSWORD },
  ]
  for (const form of hostile) {
    const answer = await api.post('/api/auth/callback/credentials', { form: { csrfToken, json: 'true', ...form } })
    expect(answer.status(), JSON.stringify(form)).toBe(401)
    expect((await api.get('/fern-forge')).status()).toBe(307)
  }
  const entrances: Record<string, string>[] = [{ 'x-user': 'ada.moss@example.com' }, { 'x-middleware-subrequest': 'middleware:middleware:middleware' }, { authorization: 'Bearer demo' }, { cookie: 'bulkhead.session=demo' }]
  for (const headers of entrances) {
    expect((await api.get('/fern-forge', { headers })).status(), JSON.stringify(headers)).toBe(307)
  }
  for (const path of ['/fern-forge?demo=1', '//fern-forge', '/fern-forge/', '/FERN-FORGE', '/fern-forge/projects?_rsc=1', '/%66ern-forge']) {
    const answer = await api.get(`${BASE}${path}`)
    expect([307, 308, 400], path).toContain(answer.status())
  }
})
