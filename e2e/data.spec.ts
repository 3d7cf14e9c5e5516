import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { clientOf, signIn } from './support/people'
import { expect, test } from './support/page'
import { query } from './support/database'

test.use({ allowed: [/status of 415/] })

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const mark = () => Math.random().toString(36).slice(2, 8)
const noViolations = async (page: Page, where = 'body') => expect((await new AxeBuilder({ page }).include(where).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

test('files on a task: added, shown, taken home, removed and put back; what is no picture is refused; the list goes home too', async ({ context, page }) => {
  await signIn(context, 'ada.moss@example.com')
  const name = `plan ${mark()}.png`
  await page.goto('/fern-forge/projects/website-relaunch/tasks/2')
  const files = page.getByRole('list', { name: 'Attached files' })
  await page.getByLabel('Add files').setInputFiles([{ name, mimeType: 'image/png', buffer: PICTURE }, { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') }])
  await expect(files.getByText(name)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Files on their way' })).toContainText('This kind of file is not taken')
  await page.getByRole('button', { name: 'Dismiss page.html' }).click()
  await noViolations(page, 'main')

  await page.getByRole('button', { name: `Show ${name}` }).click()
  await expect(page.getByRole('dialog').getByRole('img', { name })).toBeVisible()
  await page.keyboard.press('Escape')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: `Download ${name}` }).click()
  expect(readFileSync(await (await download).path()).equals(PICTURE)).toBe(true)

  const url = (await page.getByRole('link', { name: `Download ${name}` }).getAttribute('href'))!
  const answer = await (await clientOf('ada.moss@example.com')).get(url)
  expect(answer.headers()).toMatchObject({ 'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' })
  expect(answer.headers()['content-disposition']).toMatch(/^attachment; filename="plan/)
  for (const [email, status] of [['ines.duarte@example.com', 404], [undefined, 401]] as const) expect((await (await clientOf(email)).get(url)).status(), String(email)).toBe(status)
  const foreign = await (await clientOf('ada.moss@example.com')).post(`${url.replace(/\/[^/]+$/, '')}?task=018f0000-0000-7000-8000-00000000ffff&name=x.txt`, { data: 'x', headers: { 'Sec-Fetch-Site': 'cross-site' } })
  expect(foreign.status()).toBe(403)

  await page.getByRole('button', { name: `Remove ${name}` }).click()
  await expect(files.getByText(name)).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(files.getByText(name)).toBeVisible()

  await page.goto('/fern-forge/tasks?priority=critical')
  await page.getByRole('button', { name: 'Export' }).click()
  const list = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  const file = await list
  expect(file.suggestedFilename()).toMatch(/^tasks-\d{4}-\d\d-\d\d\.csv$/)
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n')
  expect(lines[0]).toBe('Number,Title,Description,Project,Status,Priority,Due,Estimate,Progress,Completed,Assignees,Reviewers,Labels,Workstream,Goal,Parent task,Depends on,Blocked because,Completion summary,Testing notes,Created,Updated')
  expect(lines.length).toBeGreaterThan(1)
  for (const line of lines.slice(1)) expect(line).toContain('Critical')
  await page.goto('/fern-forge/settings/audit?action=export.created')
  await expect(page.getByRole('row').nth(1)).toContainText('Tasks')
})

test('a file is brought in and taken back, on a phone', { tag: '@journey' }, async ({ context, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(context, 'ada.moss@example.com')
  const word = mark()
  const content = `Title,State,Due date,Tags\nFirst ${word},open,2026-12-01,${word}\nSecond ${word},doing,,\nThird ${word},open,31.31.2026,\n`
  await page.goto('/fern-forge/projects/website-relaunch')
  const count = async () => Number((await query<{ n: number }>('SELECT count(*)::int AS n FROM tasks WHERE title LIKE $1', [`%${word}`]))[0]!.n)
  await page.getByRole('button', { name: 'Import' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Choose a file').last().setInputFiles({ name: `${word}.csv`, mimeType: 'text/csv', buffer: Buffer.from(content) })
  await expect(dialog.getByLabel('Title', { exact: true })).toHaveValue('0')
  await expect(dialog.getByLabel('doing')).toHaveValue('in_progress')
  await noViolations(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await dialog.getByRole('button', { name: 'Try it' }).click()
  await expect(dialog.getByText('Line 4')).toBeVisible()
  await expect(dialog.getByText(`Third ${word}:`)).toBeVisible()
  await expect(dialog.getByText('This day cannot be read: 31.31.2026.')).toBeVisible()
  await expect(dialog.getByText('1 new labels would be made')).toBeVisible()
  await noViolations(page)
  expect(await count(), 'the dry run has written nothing').toBe(0)
  // Left after trying: it waits under Data for a day.
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.goto('/fern-forge/settings/data')
  await page.getByRole('link', { name: `${word}.csv` }).click()
  await expect(page.getByText('2 would be created, 1 would fail')).toBeVisible()
  await page.getByRole('button', { name: 'Import 2 rows' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Import 2 rows' }).click()
  await expect(page.getByText('2 created, 1 failed')).toBeVisible()
  expect(await count()).toBe(2)
  await page.getByRole('button', { name: 'Undo import' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click()
  await expect(page.getByText('2 taken back')).toBeVisible()
  expect(await count()).toBe(0)
  await noViolations(page)

  // All of it from the dialog, undoing too; what has finished is told with its name and its count.
  await page.goto('/fern-forge/labels')
  await page.getByRole('button', { name: 'Import' }).click()
  await dialog.getByLabel('Choose a file').last().setInputFiles({ name: `${word}-labels.csv`, mimeType: 'text/csv', buffer: Buffer.from(`Name\nOne ${word}\nTwo ${word}\n`) })
  await dialog.getByRole('button', { name: 'Try it' }).click()
  await dialog.getByRole('button', { name: 'Import 2 rows' }).click()
  await dialog.getByRole('button', { name: 'Undo import' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo import' }).click()
  await expect(dialog.getByText('2 taken back.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(`One ${word}`)).toHaveCount(0)
  await page.goto('/fern-forge/inbox')
  await expect(page.getByRole('link', { name: `Your import of ${word}-labels.csv is done`, exact: true })).toBeVisible()
  await expect(page.getByText('2 created').first()).toBeVisible()
})
