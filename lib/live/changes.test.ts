import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { recordAudit } from '@/lib/audit/audit'
import { savepoint } from '@/lib/tenancy/savepoint'
import type { Member } from '@/lib/tenancy/member'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject } from '@/lib/testing/make-project'
import { listChanges } from './changes'
import { hasUnseen, ofProject } from './unseen'

let organization: TestOrganization, other: TestOrganization
let keeper: Member, colleague: Member
let open: { id: string }, hidden: { id: string }
beforeEach(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[keeper, colleague] = [await organization.add('member'), await organization.add('member')]
  ;[open, hidden] = [await makeProject(keeper, { name: 'Open' }), await makeProject(keeper, { name: 'Hidden', visibility: 'private' })]
})
afterAll(closeConnections)

const event = (id: string) => ({ action: 'project.updated', entityKind: 'project', entityId: id, containerId: id, label: 'Changed' })
const change = (id = open.id) => withTenant(keeper, (scope) => recordAudit(scope, event(id)))
const heard = (by: Member, now = new Date()) => withTenant(by, (scope) => listChanges(scope, now), { readOnly: true })
const shown = async (by: Member, id = open.id) => ofProject(await heard(by), id)
const isNew = async (page: Awaited<ReturnType<typeof shown>>, by: Member, id = open.id) => hasUnseen(ofProject(await heard(by), id), page)

/** A transaction that writes now and ends when it is told to. */
async function begun(write: (scope: Scope) => Promise<unknown>): Promise<() => Promise<unknown>> {
  let [end, written] = [() => {}, () => {}]
  const [ended, wrote] = [new Promise<void>((resolve) => { end = resolve }), new Promise<void>((resolve) => { written = resolve })]
  const done = withTenant(keeper, async (scope) => {
    await write(scope)
    written()
    await ended
  })
  await wrote
  return () => {
    end()
    return done
  }
}

describe('what a page has not shown yet', () => {
  test('is what comes after it was read; and nothing when nothing came', async () => {
    const page = await shown(colleague)
    expect(await isNew(page, colleague)).toBe(false)
    await change()
    expect(await isNew(page, colleague)).toBe(true)
    expect(await isNew(await shown(colleague), colleague)).toBe(false)
  })

  test('is what was begun before it was read, and ended after, though later changes were shown', async () => {
    for (const write of [(scope: Scope) => recordAudit(scope, event(open.id)), (scope: Scope) => savepoint(scope, () => recordAudit(scope, event(open.id)))]) {
      const end = await begun(write)
      await change()
      const page = await shown(colleague)
      expect(await isNew(page, colleague)).toBe(false)
      await end()
      expect(await isNew(page, colleague)).toBe(true)
    }
  })

  test('is found behind more than 500 changes elsewhere', async () => {
    const busy = await makeProject(keeper, { name: 'Busy' })
    const page = await shown(colleague)
    await change()
    await withTenant(keeper, (scope) => recordAudit(scope, ...Array.from({ length: 600 }, () => event(busy.id))))
    expect(await isNew(page, colleague)).toBe(true)
    expect(await isNew(await shown(colleague, busy.id), colleague, busy.id)).toBe(false)
  })

  test('is everything after a silence in which it could have been missed, and nothing for what was heard before', async () => {
    const page = await shown(colleague)
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    const hears = async (now: Date) => hasUnseen(ofProject(await heard(colleague, now), open.id), page)
    expect([await hears(at(-20)), await hears(at(2)), await hears(at(5))]).toEqual([false, false, true])
  })

  test('is nothing of a project that one does not see, whoever one is, and nothing elsewhere', async () => {
    await change(hidden.id)
    for (const by of [colleague, organization.owner]) expect(Object.keys((await heard(by)).projects)).toEqual([open.id])
    expect((await heard(other.owner)).projects).toEqual({})
    expect(Object.keys((await heard(keeper)).projects).sort()).toEqual([open.id, hidden.id].sort())
  })
})
