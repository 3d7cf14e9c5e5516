import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { makePerson } from './support/make-person'
import { makePlace } from './support/organization'
import { expect, test } from './support/page'
import { signIn } from './support/people'

// What is refused answers 422.
test.use({ allowed: [/status of 422/] })

const clean = async (page: Page) => expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([])
const addTask = async (page: Page, title: string) => {
  await page.getByLabel('Quick add a task').fill(title)
  await page.getByLabel('Quick add a task').press('Enter')
  await expect(page.getByRole('link', { name: new RegExp(title) })).toBeVisible()
}
const note = async (page: Page, notes: [string, string][], section?: string) => {
  // A toast is a dialog too.
  const dialog = page.getByRole('dialog', { name: /^(New section|Edit )/ })
  if (section) await dialog.getByRole('textbox', { name: 'Section' }).fill(section)
  for (const [at, [name, value]] of notes.entries()) {
    if (at > 0) await dialog.getByRole('button', { name: 'Another line' }).click()
    await dialog.getByLabel(`Name ${at + 1}`).fill(name)
    await dialog.getByLabel(`Value ${at + 1}`).fill(value)
  }
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

test('what is learned, thought of and done again: notebook, ideas, templates, suggestions', { tag: '@journey' }, async ({ context, page }) => {
  test.setTimeout(180_000)
  const place = await makePlace('invite_only')
  await signIn(context, (await makePerson('Mara Holt', { organization: place.slug, role: 'manager' })).email)
  const base = `/${place.slug}`
  await page.goto(`${base}/projects`)
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByLabel('Name').fill('Harvest')
  await page.getByLabel('Description').fill('Everything from tree to bottle.\n\n- A full cellar by October\n- Order new bottles\n- Invite the neighbours')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL('**/projects/harvest')
  for (const title of ['Pick apples', 'Press juice']) await addTask(page, title)

  // What the description names is proposed: accepted, said in other words, rejected, rated.
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await page.getByRole('button', { name: 'Suggest', exact: true }).click()
  const suggested = page.getByRole('list', { name: 'Suggested' })
  await expect(suggested.getByRole('listitem')).toHaveCount(6)
  await page.getByRole('button', { name: 'Accept A full cellar by October' }).click()
  await expect(page.getByRole('list', { name: 'Goals' })).toContainText('A full cellar by October')
  await page.getByRole('button', { name: 'Modify Order new bottles' }).click()
  await page.getByRole('dialog').getByLabel('Title').fill('Order 400 bottles')
  await page.getByRole('button', { name: 'Accept it so' }).click()
  await page.getByRole('button', { name: 'Reject Assign owner' }).click()
  await expect(suggested.getByRole('listitem')).toHaveCount(3)
  await page.getByText('Decided lately (3)').click()
  await page.getByRole('group', { name: 'Rate Order new bottles' }).getByRole('button', { name: '4 of 5' }).click()
  await expect(page.getByRole('group', { name: 'Rate Order new bottles' }).getByRole('button', { name: '4 of 5' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Suggest', exact: true }).click()
  await expect(page.getByText('Nothing new to suggest.', { exact: false })).toBeVisible()
  await clean(page)

  // The organization's notebook is taken over by the project, which says one thing differently.
  await page.goto(`${base}/notebook`)
  await page.getByRole('button', { name: 'New section' }).click()
  await note(page, [['press', 'Call Otto'], ['barn', 'Key 7']], 'Contacts')
  await page.goto(`${base}/projects/harvest/notebook`)
  const contacts = page.getByRole('region', { name: 'Contacts' })
  await expect(contacts).toContainText('Call Otto')
  await contacts.getByRole('button', { name: 'Add here to Contacts' }).click()
  await note(page, [['press', 'Call Ina']])
  await expect(contacts).toContainText('Call InaNoted here')
  await expect(contacts).toContainText(`Key 7From Place ${place.mark}`)

  // A task sees both, and passes on what it has learned; a rejected piece says why, an approved one is seen from its sibling.
  await page.goto(`${base}/projects/harvest/tasks/2`)
  await expect(page.getByRole('region', { name: 'Notebook' })).toContainText('Call InaFrom Harvest')
  await page.getByRole('link', { name: 'Open and write' }).click()
  await page.getByRole('button', { name: 'New section' }).click()
  await note(page, [['yield', '60 litres'], ['noise', 'Loud']], 'Insights')
  const passOn = async (name: string, without: string) => {
    await page.getByRole('button', { name: 'More about Insights' }).click()
    await page.getByRole('menuitem', { name: 'Pass on…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Pass on from Insights' })
    await dialog.getByRole('checkbox', { name: without }).uncheck()
    await dialog.getByLabel('Why it is of use there').fill(`Everybody asks for the ${name}`)
    await dialog.getByRole('button', { name: 'Pass on' }).click()
    await expect(dialog).toBeHidden()
  }
  await passOn('yield', 'noise')
  await page.getByRole('button', { name: /^Approve Insights/ }).click()
  await expect(page.getByText('approved', { exact: true })).toBeVisible()
  await passOn('noise', 'yield')
  await page.getByRole('button', { name: /^Reject Insights/ }).click()
  await page.getByLabel('Why not').fill('Only this press is loud')
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
  await expect(page.getByText('Only this press is loud')).toBeVisible()
  await clean(page)
  await page.goto(`${base}/projects/harvest/tasks/1`)
  await expect(page.getByRole('region', { name: 'Notebook' })).toContainText('60 litresFrom Harvest')
  await expect(page.getByRole('region', { name: 'Notebook' })).not.toContainText('Loud')

  // Versions are kept, and an old one is restored.
  await page.goto(`${base}/projects/harvest/notebook`)
  await contacts.getByRole('button', { name: 'Edit Contacts' }).click()
  await note(page, [['press', 'Call nobody']])
  await contacts.getByRole('button', { name: 'More about Contacts' }).click()
  await page.getByRole('menuitem', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Restore version 1' }).click()
  await expect(page.getByRole('region', { name: 'Version 3' })).toContainText('Call Ina')

  // An idea: taken up, four questions, judged, made into four tasks.
  await page.goto(`${base}/ideas`)
  await page.getByRole('button', { name: 'New idea' }).click()
  await page.getByLabel('Title').fill('A second pressing for vinegar')
  await page.getByLabel('What it is about').fill('What is left after the first pressing goes to waste today. '.repeat(4))
  await page.getByRole('button', { name: 'Write it down' }).click()
  await page.getByRole('button', { name: 'Take it up' }).click()
  for (const [question, answer] of [[/^Who has the problem/, 'We pay forty a week to have the leftovers taken away'], [/^What will be different/, 'Buy a barrel. Ask for a licence. Fill 100 litres by May.'], [/^How many hours/, '3d'], [/^What could stop it/, 'The licence']] as const) await page.getByLabel(question).fill(answer)
  await page.getByRole('button', { name: 'Judge the idea' }).click()
  await expect(page.getByText('Highly recommended')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Checks' })).toContainText('1000 of 1000')
  await expect(page.getByRole('textbox', { name: 'Tasks' })).toHaveValue('Buy a barrel\nAsk for a licence')
  await page.getByRole('textbox', { name: 'Tasks' }).fill('Buy a barrel\nAsk for a licence\nFill it\nTell the neighbours about it')
  await clean(page)
  await page.getByRole('button', { name: 'Make tasks' }).click()
  await expect(page.getByRole('region', { name: 'Tasks' }).getByRole('listitem')).toHaveCount(4)
  await page.getByRole('link', { name: /Buy a barrel/ }).click()
  await expect(page.getByRole('complementary', { name: 'Facts' }).getByRole('link', { name: 'A second pressing for vinegar' })).toBeVisible()

  // Templates: a workflow is written and used, a checklist becomes subtasks, and a task is kept as one.
  await page.goto(`${base}/templates`)
  const make = async (kind: string, name: string, outline: string) => {
    await page.getByRole('button', { name: 'New template' }).click()
    await page.getByLabel('Name').fill(name)
    await page.getByRole('combobox', { name: 'Kind' }).selectOption(kind)
    await page.getByRole('textbox', { name: 'Tasks' }).fill(outline)
    await page.getByRole('button', { name: 'Make template' }).click()
  }
  await make('Workflow', 'Open house', 'Print flyers !high\n- Draw\nSet the tables (after 3)')
  await expect(page.getByText('Line 3: “after” names tasks above it', { exact: false })).toBeVisible()
  await page.getByRole('textbox', { name: 'Tasks' }).fill('Print flyers !high\n- Draw\nSet the tables (after 1)')
  await page.getByRole('button', { name: 'Make template' }).click()
  await expect(page.getByRole('region', { name: 'Open house' })).toContainText('after 1')
  await make('Checklist', 'Closing', 'Lights off\nDoor locked')
  await expect(page.getByRole('region', { name: 'Closing' })).toBeVisible()
  await clean(page)
  await page.getByRole('button', { name: 'Use Open house' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make tasks' }).click()
  await expect(page.getByRole('region', { name: 'Open house' })).toContainText('used once')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Print flyers' })).toBeVisible()
  await page.getByLabel('Checklist').selectOption('Closing')
  await page.getByRole('button', { name: 'Add its items' }).click()
  for (const title of ['Draw', 'Lights off', 'Door locked']) await expect(page.getByRole('link', { name: new RegExp(title) })).toBeVisible()
  await page.getByRole('button', { name: 'More about this task' }).click()
  await page.getByRole('menuitem', { name: 'Keep as a template…' }).click()
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(page.getByText('Kept as the template Print flyers.')).toBeVisible()
  await page.goto(`${base}/templates?kind=task`)
  await expect(page.getByRole('region', { name: 'Print flyers' })).toContainText('4 tasks · not used yet · only in Harvest')

  // The words of a task call for labels; one that is not there yet is made when it is taken.
  await page.goto(`${base}/projects/harvest`)
  await page.getByRole('button', { name: 'New task' }).click()
  const form = page.getByRole('dialog', { name: 'New task' })
  await form.getByLabel('Title').fill('The press is broken: repair it')
  await form.getByRole('button', { name: 'bug new' }).click()
  await expect(form.getByRole('button', { name: 'Remove bug' })).toBeVisible()
  await form.getByRole('button', { name: 'Create task' }).click()
  await expect(form).toBeHidden()
  await expect(page.getByRole('row', { name: /The press is broken/ })).toContainText('bug')
})
