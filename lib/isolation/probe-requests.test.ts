import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asSetup } from '@/lib/testing/make-person'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeSuperAdmin, type SuperAdmin } from '@/lib/testing/make-super-admin'
import { useOwnDatabase } from '@/lib/testing/own-database'
import { withConnection } from '@/lib/testing/connections'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { watchProbes } from '@/scripts/watch-probes'
import { readIsolationReport } from './organization-report'
import { readPlatformIsolationReport } from './platform-report'
import { recordProbe, runProbe, takeProbeRequest } from './probe'
import { askProbe, askProbeOfConsole } from './probe-requests'

// A database of its own: one line says for the whole installation that somebody has asked.
let database: Awaited<ReturnType<typeof useOwnDatabase>>
let organization: TestOrganization, sam: SuperAdmin
beforeAll(async () => {
  database = await useOwnDatabase()
  ;[organization, sam] = [await makeOrganization(), await makeSuperAdmin()]
})
beforeEach(async () => {
  await asSetup('DELETE FROM isolation_probes')
  await asSetup('DELETE FROM probe_requests')
})
afterAll(() => database.close())

const url = () => process.env.DATABASE_URL!
const figures = { attempts: 10, tables: 2, leaks: 0, changes: 0, milliseconds: 0, findings: [] }
const ask = (member: Member) => withTenant(member, (scope) => askProbe(scope))
const eventsOf = (action: string) => asSetup<{ id: string }>(`SELECT id FROM audit_events WHERE action = $1 AND tenant_id = $2`, [action, organization.tenantId])

test('asked for by an owner it is run by a process beside the product, once, and its figures are what was found', async () => {
  expect(await ask(organization.owner)).toBe('asked')
  expect((await withTenant(organization.owner, readIsolationReport)).askedProbe).toMatchObject({ takenAt: null })
  expect(await eventsOf('isolation.probe_asked')).toHaveLength(1)
  const stopped = new AbortController()
  const ran: number[] = []
  const watching = watchProbes(url(), async () => {
    expect((await readPlatformIsolationReport()).askedProbe?.takenAt).not.toBeNull()
    // Another process finds nothing to do meanwhile.
    expect(await takeProbeRequest(url())).toBe(false)
    const found = await runProbe(url())
    await recordProbe(url(), found)
    ran.push(found.attempts)
    stopped.abort()
  }, stopped.signal)
  await watching
  expect(ran).toHaveLength(1)
  const { lastProbe, askedProbe } = await withTenant(organization.owner, readIsolationReport)
  expect(askedProbe).toBeNull()
  expect(lastProbe).toMatchObject({ attempts: ran[0], leaks: 0, changes: 0 })
  expect(lastProbe!.attempts).toBeGreaterThan(4_000)
  expect(await takeProbeRequest(url())).toBe(false)
})

test('asked twice it is one probe; just after one nobody waits for another, a super-admin for a minute alone', async () => {
  expect(await ask(organization.owner)).toBe('asked')
  expect(await ask(organization.owner)).toBe('open')
  expect(await askProbeOfConsole(sam.token)).toBe('open')
  expect(await takeProbeRequest(url())).toBe(true)
  await recordProbe(url(), figures)
  expect(await ask(organization.owner)).toBe('recent')
  expect(await askProbeOfConsole(sam.token)).toBe('recent')
  await asSetup(`UPDATE isolation_probes SET at = now() - interval '5 minutes'`)
  expect(await ask(organization.owner)).toBe('recent')
  expect(await askProbeOfConsole(sam.token)).toBe('asked')
  expect(await asSetup(`SELECT user_id FROM platform_audit_events WHERE action = 'isolation.probe_asked'`)).toEqual([{ user_id: sam.userId }])
})

test('one that is asked for while another runs is not answered by the one before', async () => {
  await asSetup(`INSERT INTO probe_requests (asked_at) VALUES (now())`)
  await recordProbe(url(), { ...figures, milliseconds: 60_000 })
  expect((await readPlatformIsolationReport()).askedProbe).not.toBeNull()
})

test('what a process took and never finished is taken by the next, and asked for anew', async () => {
  await ask(organization.owner)
  expect(await takeProbeRequest(url())).toBe(true)
  await asSetup(`UPDATE probe_requests SET taken_at = now() - interval '16 minutes'`)
  expect(await ask(organization.owner)).toBe('asked')
  expect(await takeProbeRequest(url())).toBe(true)
  await asSetup(`UPDATE probe_requests SET taken_at = now() - interval '16 minutes'`)
  expect(await takeProbeRequest(url())).toBe(true)
})

test('nobody below admin asks, nor past the code; nobody of the running product takes or closes', async () => {
  for (const role of ['manager', 'member', 'viewer'] as const) {
    const member = await organization.add(role)
    await expect(ask(member)).rejects.toMatchObject({ status: 403 })
    await expect(withTenant(member, ({ tx }) => tx.$queryRaw`SELECT kernel.ask_probe(now())`)).rejects.toThrow(/this takes the role of owner or admin/)
  }
  expect(await ask(await organization.add('admin'))).toBe('asked')
  await asSetup('UPDATE users SET is_super_admin = false WHERE id = $1', [sam.userId])
  await expect(askProbeOfConsole(sam.token)).rejects.toMatchObject({ status: 404 })
  await asSetup(`DELETE FROM super_admin_requests`)
  for (const name of ['TENANT_DATABASE_URL', 'PLATFORM_DATABASE_URL'] as const) {
    for (const sql of ['kernel.take_probe_request(now())', 'kernel.close_probe_request(now())', `kernel.wish_probe('0', now())`]) await withConnection(name, (client) => expect(client.query(`SELECT ${sql}`)).rejects.toMatchObject({ code: '42501' }))
    await withConnection(name, (client) => expect(client.query('SELECT FROM probe_requests')).rejects.toMatchObject({ code: '42501' }))
  }
})
