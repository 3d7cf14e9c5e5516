import { spawn } from 'node:child_process'
import { query } from './support/database'
import { expect, test } from './support/page'
import { signIn } from './support/people'
import { makeSuperAdmin } from './support/super-admin'

test('broken on purpose, the report says so in words, to owners and to who runs the installation; mended, every rule holds', async ({ browser, context, page }) => {
  await signIn(context, 'ada.moss@example.com')
  const sam = await makeSuperAdmin('Sam Reyes')
  const console = await browser.newContext()
  await signIn(console, sam.email)
  await sam.holdFactor()
  const theirs = await console.newPage()
  await page.goto('/fern-forge/settings/isolation')
  await expect(page.getByText('Every rule holds')).toBeVisible()
  await page.getByText(/\d+ policies, \d+ keys, \d+ indexes/).first().click()
  await expect(page.getByText(/rows_\w+ \(select to app_tenant\)/).first()).toBeVisible()
  try {
    await query('CREATE TABLE forgotten_by_everybody (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id))')
    await query('GRANT SELECT ON forgotten_by_everybody TO app_tenant')
    for (const [reader, address] of [[page, '/fern-forge/settings/isolation'], [theirs, '/admin/isolation']] as const) {
      await reader.goto(address)
      await expect(reader.getByText(/rules? (is|are) broken/)).toBeVisible()
      await expect(reader.getByText(/public\.forgotten_by_everybody/).first()).toBeVisible()
    }
    const report = (await (await context.request.get('/api/v1/fern-forge/isolation')).json()) as { findings: { object: string }[] }
    expect(report.findings.map(({ object }) => object)).toContain('public.forgotten_by_everybody')
  } finally {
    await query('DROP TABLE IF EXISTS forgotten_by_everybody')
  }
  await theirs.goto('/admin/isolation')
  await expect(theirs.getByText('Every rule holds')).toBeVisible()
  await console.close()
})

test('who sees the report asks for the probe; a process beside the product runs it, and its figures come by themselves', async ({ context, page }) => {
  for (const table of ['isolation_probes', 'probe_requests']) await query(`DELETE FROM ${table}`)
  await signIn(context, 'ada.moss@example.com')
  await page.goto('/fern-forge/settings/isolation')
  await expect(page.getByText('It has not run yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Run probe now' }).click()
  await expect(page.getByText(/^Asked for: it begins/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run probe now' })).toBeHidden()
  await query(`UPDATE probe_requests SET asked_at = asked_at - interval '1 minute'`)
  await expect(page.getByText(/nothing takes it: whoever runs the installation/)).toBeVisible()
  const watcher = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'scripts/isolation.ts', '--watch'], { stdio: 'ignore' })
  try {
    await expect(page.getByText(/^[\d,]+ attempts on \d+ tables: 0 leaks, 0 changes/)).toBeVisible({ timeout: 45_000 })
  } finally {
    watcher.kill('SIGTERM')
  }
  await expect(page.getByText(/^Asked for/)).toBeHidden()
  await page.getByRole('button', { name: 'Run probe now' }).click()
  await expect(page.getByText('It has just run: its figures stand here.')).toBeVisible()
})
