import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { NotFoundError } from '@/lib/errors'
import { everybodyHere, noteHere } from '@/lib/platform/heard'
import { closeListener, EVERYBODY, isHeard, listen } from '@/lib/platform/listener'
import { shareProject } from '@/lib/projects/sharing'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject, makeTask } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { beHere, listPresent } from './presence'

let organization: TestOrganization, other: TestOrganization
let keeper: Member, colleague: Member
let open: { id: string }, hidden: { id: string }, task: { id: string }, secret: { id: string }
let changes = 0
let end = () => {}
beforeEach(async () => {
  end()
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[keeper, colleague] = [await organization.add('member'), await organization.add('member')]
  ;[open, hidden] = [await makeProject(keeper, { name: 'Open' }), await makeProject(keeper, { name: 'Hidden', visibility: 'private' })]
  ;[task, secret] = [await makeTask(keeper, open.id), await makeTask(keeper, hidden.id)]
  changes = 0
  end = listen(organization.tenantId, EVERYBODY, () => changes++)
  await expect.poll(isHeard, { timeout: 5_000 }).toBe(true)
})
afterAll(async () => { end(); await closeListener(); await closeConnections() })

const here = (by: Member, id: string, isLeaving = false) => withTenant(by, (scope) => beHere(scope, { kind: 'task', id }, isLeaving))
const read = (by: Member) => withTenant(by, listPresent, { readOnly: true })
const heard = (count: number) => expect.poll(() => everybodyHere(organization.tenantId).length, { timeout: 5_000 }).toBe(count)

describe('who is here', () => {
  test('is told to those who see the same, by name; not to oneself; and no longer after leaving', async () => {
    await here(keeper, task.id)
    await heard(1)
    expect(await read(colleague)).toEqual({ [task.id]: [{ userId: keeper.userId, name: keeper.displayName }] })
    expect(await read(keeper)).toEqual({})
    await here(keeper, task.id, true)
    await heard(0)
    expect(await read(colleague)).toEqual({})
  })

  test('nobody who does not see the project learns of it, nor is shown there after they have lost it', async () => {
    await here(keeper, secret.id)
    await heard(1)
    for (const by of [colleague, organization.owner]) expect(await read(by)).toEqual({})
    await here(keeper, secret.id, true)
    await here(colleague, task.id)
    await expect.poll(async () => Object.keys(await read(keeper))).toEqual([task.id])
    await withTenant(keeper, (scope) => shareProject(scope, { id: open.id, version: 1, visibility: 'private', defaultAccess: 'view', teamId: null, shares: [] }))
    expect(await read(keeper)).toEqual({})
  })

  test('in what one does not see, nobody can be; nor by a signal made up for another organization', async () => {
    for (const id of [secret.id, uuidv7()]) await expect(here(colleague, id)).rejects.toBeInstanceOf(NotFoundError)
    await expect(here(other.owner, task.id)).rejects.toBeInstanceOf(NotFoundError)
    noteHere(`here ${organization.tenantId} ${open.id} ${task.id} ${other.owner.userId} stay`, () => {})
    noteHere(`here ${other.tenantId} ${open.id} ${task.id} ${keeper.userId} stay`, () => {})
    expect([await read(colleague), await read(other.owner)]).toEqual([{}, {}])
  })

  test('repeated, it wakes nobody again', async () => {
    for (let time = 0; time < 3; time++) await here(keeper, task.id)
    await heard(1)
    await here(keeper, task.id, true)
    await heard(0)
    expect(changes).toBeLessThanOrEqual(4)
  })
})
