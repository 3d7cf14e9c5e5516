import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addDays, addMonths, longDay, monthName, monthOf } from '../lib/days'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { clientOf, signIn } from './support/people'

const TODAY = new Date().toISOString().slice(0, 10)
const SOON = addDays(TODAY, 3)
const TITLES = ['Pick apples', 'Press juice', 'Fill bottles', 'Print labels', 'Call the shops', 'Sell bottles']

const noViolations = async (page: Page) => expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
const fits = async (page: Page) => {
  await page.setViewportSize({ width: 360, height: 780 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(360)
  await page.setViewportSize({ width: 1280, height: 900 })
}

test('one plan in every view: groups, rows, board, timeline, calendar, workload, reports, and nothing of it for who may not see it', { tag: '@journey' }, async ({ context, page }) => {
  test.setTimeout(180_000)
  const place = await makePlace('invite_only')
  await signIn(context, (await makePerson('Mara Holt', { organization: place.slug, role: 'manager' })).email)
  const colleague = await makePerson('Nils Orth', { organization: place.slug, role: 'member' })
  const home = `/${place.slug}`
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${home}/projects`)
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByLabel('Name').fill('Harvest')
  await page.getByLabel('Who may see it').selectOption('private')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/projects/harvest*')
  const plan = new URL(page.url()).pathname
  for (const title of TITLES) {
    await page.getByLabel('Quick add a task').fill(title)
    await page.getByLabel('Quick add a task').press('Enter')
    await expect(page.getByRole('link', { name: new RegExp(title) })).toBeVisible()
  }
  // A private project has a key that tells nothing of others.
  const key = (await page.getByText(/^Select .*-1$/).textContent())!.slice('Select '.length, -'-1'.length)
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await page.getByRole('button', { name: 'New workstream' }).click()
  await page.getByLabel('Name').fill('Orchard')
  await page.getByRole('button', { name: 'Make workstream' }).click()
  await expect(page.getByRole('list', { name: 'Workstreams' })).toContainText('Orchard')

  // The rows: a workstream and a day for all of them at once, then one field of one of them.
  await page.getByRole('link', { name: 'List', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Select all tasks on this page' }).check()
  await page.getByRole('button', { name: 'Change…' }).click()
  const change = page.getByRole('dialog', { name: 'Change 6 tasks' })
  await change.getByLabel('Workstream').selectOption('Orchard')
  await change.getByLabel('Due').selectOption('A day…')
  await change.getByLabel('Due on').fill(SOON)
  await change.getByRole('button', { name: 'Change 6' }).click()
  await expect(page.getByText('6 tasks changed.')).toBeVisible()
  const row = (title: string) => page.getByRole('row').filter({ hasText: title })
  await row('Press juice').getByRole('button', { name: /^Priority of/ }).click()
  await page.getByRole('menuitem', { name: 'Critical' }).click()
  await expect(row('Press juice').getByRole('button', { name: /^Priority of .*: Critical/ })).toBeVisible()
  await row('Press juice').getByRole('button', { name: /is assigned to Nobody/ }).click()
  await page.getByRole('menuitem', { name: 'Mara Holt' }).click()
  await expect(row('Press juice').getByRole('button', { name: /is assigned to Mara Holt/ })).toBeVisible()
  await row('Sell bottles').getByRole('button', { name: /^Due date of/ }).click()
  await page.getByLabel(/^Due date of/).and(page.locator('input')).fill('')
  await page.keyboard.press('Enter')
  await expect(row('Sell bottles').getByRole('button', { name: /^Due date of .*: No due date/ })).toBeVisible()

  // In groups, which stand in the address.
  await page.getByLabel('Group').selectOption('priority')
  await page.waitForURL('**group=priority**')
  await expect(page.getByRole('rowheader', { name: /^Critical 1/ })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: /^Medium 5/ })).toBeVisible()
  await noViolations(page)
  await fits(page)
  await page.getByLabel('Group').selectOption('workstream')
  await expect(page.getByRole('rowheader', { name: /^Orchard 6/ })).toBeVisible()

  // What waits for another says so on the board.
  await page.getByRole('link', { name: /Press juice/ }).click()
  await page.getByRole('button', { name: 'Add a dependency' }).click()
  const wait = page.getByRole('dialog', { name: 'What does it wait for?' })
  await wait.getByRole('searchbox', { name: 'Task' }).fill('Pick')
  await wait.getByRole('radio', { name: /Pick apples/ }).check()
  await wait.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Waits for' })).toContainText('Pick apples')
  await page.goto(`${plan}/board`)
  const card = page.getByRole('article').filter({ hasText: 'Press juice' })
  await expect(card).toContainText('Orchard')
  await expect(card).toContainText('Waits for 1')

  // The timeline names each bar in a sentence, and the tasks that have no day.
  await page.getByRole('link', { name: 'Timeline', exact: true }).click()
  const bars = page.getByRole('region', { name: 'Timeline', exact: true })
  const sentence = new RegExp(`^Press juice, ${key}-2: to do, critical priority, (from .* to|on) ${longDay(SOON)}, waits for ${key}-1$`)
  await expect(bars.getByRole('link', { name: sentence })).toBeVisible()
  // However far it is scrolled, each bar's title is in sight.
  await bars.evaluate((region) => { region.scrollLeft = region.scrollWidth })
  await expect(bars.getByText('Press juice')).toBeInViewport()
  await bars.evaluate((region) => { region.scrollLeft = 0 })
  await expect(page.getByRole('region', { name: /^Without a day/ }).getByRole('link', { name: /Sell bottles/ })).toBeVisible()
  await fits(page)
  await page.getByRole('link', { name: 'Quarters' }).click()
  await page.waitForURL('**zoom=quarter**')
  await page.getByLabel('Priority', { exact: true }).selectOption('critical,urgent')
  await page.waitForURL((url) => url.searchParams.get('zoom') === 'quarter' && url.searchParams.has('priority'))
  await expect(bars.getByRole('link')).toHaveCount(1)
  await bars.getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Press juice' })).toBeVisible()

  // The calendar: what does not fit opens the list of its day.
  await page.goto(`${home}/calendar?month=${SOON.slice(0, 7)}`)
  await expect(page.getByRole('list', { name: `Due on ${longDay(SOON)}` }).getByRole('link')).toHaveCount(4)
  await fits(page)
  await page.getByRole('link', { name: `1 more, all 5 due on ${longDay(SOON)}` }).click()
  await page.waitForURL(`**due=${SOON}**`)
  await expect(page.getByRole('checkbox', { name: /^Select .*-\d/ })).toHaveCount(5)
  await page.goto(`${plan}/calendar`)
  await page.getByRole('link', { name: /^Next month/ }).click()
  await expect(page.getByRole('heading', { name: monthName(addMonths(monthOf(TODAY), 1)) })).toBeVisible()
  await page.getByRole('link', { name: 'Today', exact: true }).click()
  await expect(page.getByRole('heading', { name: monthName(monthOf(TODAY)) })).toBeVisible()

  // One is done; workload and reports follow.
  await page.goto(`${plan}/tasks/1`)
  await page.getByRole('button', { name: 'Complete' }).click()
  await page.getByLabel('What was done?').fill('All trees are *empty*')
  await page.getByRole('dialog', { name: /^Done/ }).getByRole('button', { name: 'Complete' }).click()
  await expect(page.getByText('All trees are *empty*').first()).toBeVisible()
  await page.goto(`${home}/workload`)
  await expect(page.getByText('Only of projects that you can see')).toBeVisible()
  await fits(page)
  await page.getByRole('link', { name: 'Mara Holt: 1 without an estimate' }).click()
  await expect(page.getByRole('checkbox', { name: /^Select .*-\d/ })).toHaveCount(1)
  await page.goto(`${home}/reports?period=4w`)
  await page.getByText('Burn-up, as a table').click()
  expect((await page.getByRole('table', { name: 'Burn-up' }).getByRole('row').last().getByRole('cell').allTextContents()).slice(-3)).toEqual(['6', '1', '1'])
  await expect(page.getByText('1 task was completed without ever being in progress.')).toBeVisible()
  await fits(page)
  const completed = page.getByRole('region', { name: 'Completed' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await completed.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`- **${key}-1** Pick apples: All trees are \\*empty\\*`)
  await completed.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toContain(`${key}-1,Pick apples,Harvest,All trees are *empty*`)
  await expect(page.getByRole('progressbar', { name: 'Project Harvest: 16 %' })).toBeVisible()
  await page.getByLabel('Project', { exact: true }).selectOption('Harvest')
  await page.waitForURL(/project=/)
  await expect(page.getByRole('progressbar', { name: 'Workstream Orchard: 16 %' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'My work' }).getByRole('link', { name: 'To do' })).toHaveAttribute('href', /\/projects\/harvest[^?]*\?assignee=me&status=todo$/)
  const asked = new URL(page.url()).searchParams.get('project')!

  await page.goto(`${home}/projects`)
  await expect(row('Harvest')).toContainText('16%')
  await page.getByRole('link', { name: 'Cards' }).click()
  await expect(page.getByRole('list', { name: 'Projects' })).toContainText('5 open')
  await noViolations(page)

  // A colleague without the project: no title, no number, no page.
  const theirs = await clientOf(colleague.email)
  for (const path of ['/calendar', '/workload', '/reports', '/projects', '/tasks?group=status']) {
    const answer = await theirs.get(home + path)
    expect(answer.status(), path).toBe(200)
    expect(await answer.text(), path).not.toMatch(/Harvest|Press juice|Orchard/)
  }
  for (const path of ['/timeline', '/calendar']) expect((await theirs.get(plan + path)).status(), path).toBe(404)
  const weeks = (await (await theirs.get(`/api/v1${home}/exports/weeks?format=json&project=${asked}`)).json()) as { total: number; finished: number }[]
  expect(weeks.map(({ total, finished }) => total + finished)).toEqual(weeks.map(() => 0))
})
