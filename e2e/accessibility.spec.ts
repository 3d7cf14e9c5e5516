import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ROUTES } from './support/authorization-table'
import { expect, test } from './support/page'
import { signIn } from './support/people'

// Every page of an organization that the build has, and the states that an address can bring about.
const PAGES = [
  ...Object.entries(ROUTES).filter(([route]) => route.startsWith('/[organization]')).map(([, { path }]) => path('').slice(1).replace('spring-campaign', 'website-relaunch')),
  '/projects?show=archived', '/tasks?q=nothinglikethis', '/tasks?sort=nonsense',
]
const addressesOf = (folder: string) => Object.entries(ROUTES).filter(([route]) => route.startsWith(folder) && route.endsWith('/page')).map(([, { path }]) => path('fern-forge'))
const PUBLIC_PAGES = [...addressesOf('/(public)'), '/sign-in?error=not_invited', '/sign-in?ended=expired']
const OWN_PAGES = addressesOf('/(account)')
// All of them in both colour schemes: npm run accessibility. npm test asks one in six of each kind.
const some = (paths: string[]) => (process.env.BOTH_SCHEMES ? paths : paths.filter((_, index) => index % 6 === 0))
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// No page has frames, and only what is wrong is asked for.
const axeOf = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false, iframes: false }).setLegacyMode()

type Scheme = 'light' | 'dark'

test.describe.configure({ mode: 'parallel' })

test.describe('axe finds nothing, light and dark', () => {
  test.use({ allowed: [/status of (403|404|410|422)/] })
  // Asked at the end of a test, so that one run names everything there is.
  let found: string[] = []
  let turn = 0
  const clean = async (page: Page, where: string) => {
    const look = async (axe: AxeBuilder, scheme: Scheme) => {
      await page.emulateMedia({ colorScheme: scheme })
      const { violations } = await axe.analyze()
      found.push(...violations.map(({ id, nodes }) => `${where}, ${scheme}: ${id}: ${nodes.map(({ html }) => html).join(' | ').slice(0, 300)}`))
    }
    // Every other page begins dark. What other colours change of a page is contrast.
    const [first, second]: [Scheme, Scheme] = turn++ % 2 ? ['dark', 'light'] : ['light', 'dark']
    await look(axeOf(page).withTags(RULES), first)
    if (process.env.BOTH_SCHEMES) await look(axeOf(page).withRules(['color-contrast']), second)
  }
  test.beforeEach(() => void (found = []))
  test.afterEach(() => expect(found).toEqual([]))

  test('on every page outside of an organization', async ({ context, page }) => {
    test.setTimeout(360_000)
    for (const path of some(PUBLIC_PAGES)) {
      await page.goto(path)
      await expect(page.getByRole('heading').first()).toBeVisible()
      await clean(page, path)
    }
    await signIn(context, 'ada.moss@example.com')
    for (const path of some(OWN_PAGES)) {
      await page.goto(path)
      await expect(page.getByRole('heading').first()).toBeVisible()
      await clean(page, path)
    }
  })

  for (const half of [0, 1]) {
    test(`on every page of an organization, part ${half + 1}`, async ({ context, page }) => {
      test.setTimeout(360_000)
      await signIn(context, 'ada.moss@example.com')
      for (const path of some([...PAGES, '/projects/no-such-project']).filter((_, index) => index % 2 === half)) {
        await page.goto(`/fern-forge${path}`)
        await expect(page.getByRole('heading').first()).toBeVisible()
        await clean(page, path)
      }
      await page.goto('/test-beta')
      await clean(page, 'not mine')
    })
  }

  test('in dialogs and menus', async ({ context, page }) => {
    await signIn(context, 'ada.moss@example.com')
    await page.goto('/fern-forge/projects/website-relaunch')
    for (const name of ['New task', 'Share']) {
      await page.getByRole('button', { name }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await clean(page, name)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    await page.keyboard.press('Control+k')
    await page.keyboard.type('draft')
    await expect(page.getByRole('option').first()).toBeVisible()
    await clean(page, 'command menu')
  })

  test('for people who are shut out', async ({ context, page }) => {
    await signIn(context, 'omar.reyes@example.com')
    await page.goto('/quiet-harbor')
    await expect(page.getByText('Billing contact asked for a pause')).toBeVisible()
    await clean(page, 'suspended')
    await context.clearCookies()
    await signIn(context, 'rosa.quist@example.com')
    expect((await page.goto('/copperleaf/settings/audit'))!.status()).toBe(403)
    await clean(page, 'forbidden')
  })
})
