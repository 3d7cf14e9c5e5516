import AxeBuilder from '@axe-core/playwright'
import { v7 } from '../lib/uuid'
import { query } from './support/database'
import { expect, test } from './support/page'
import { signIn } from './support/people'
import { makeSuperAdmin } from './support/super-admin'

test.use({ allowed: [/40[349]/] })

const PAGES = { Health: 'Machine', Jobs: 'of all organizations', Load: 'the busiest first', 'Slow statements': 'without their values', Storage: 'Files by organization' }

test('whoever runs the installation sees how it goes, and begins a failed job again', { tag: '@journey' }, async ({ context, page }) => {
  test.setTimeout(120_000)
  const sam = await makeSuperAdmin('Sam Health')
  await signIn(context, sam.email)
  await sam.holdFactor()
  const [job] = [v7()]
  await query(`INSERT INTO jobs (tenant_id, id, kind, status, requested_by, error, run_after, finished_at) SELECT m.tenant_id, $1, 'export_list', 'failed', m.user_id, 'Confidential words', now() + interval '1 hour', now() FROM memberships m JOIN organizations o ON o.id = m.tenant_id AND o.slug = 'fern-forge' WHERE m.role = 'owner' LIMIT 1`, [job])
  await page.goto('/admin/support')
  for (const [name, text] of Object.entries(PAGES)) {
    await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: new RegExp(`^${name}`) }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByText(text).first()).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${name} ${id} ${nodes[0]?.html}`)).toEqual([])
    if (process.env.SHOTS) for (const width of [1280, 390]) for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await page.screenshot({ path: `${process.env.SHOTS}/${name.replace(' ', '-')}-${width}-${colorScheme}.png`, fullPage: true })
    }
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  await page.goto('/admin/jobs?status=failed')
  await expect(page.getByText('refused, as the person was told').first()).toBeVisible()
  await expect(page.getByText('Confidential')).toHaveCount(0)
  await page.getByRole('button', { name: /^Begin again: export list/ }).first().click()
  await expect(page.getByText('begins again where its last step ended')).toBeVisible()
})
