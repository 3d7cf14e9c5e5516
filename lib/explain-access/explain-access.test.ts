import { afterAll, beforeAll, expect, test } from 'vitest'
import { ForbiddenError, NotFoundError } from '@/lib/errors'
import { shareProject } from '@/lib/projects/sharing'
import { createTeam } from '@/lib/teams/teams'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization, type TestOrganization } from '@/lib/testing/make-organization'
import { makeProject } from '@/lib/testing/make-project'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { explainAccess, listExplainable } from './explain-access'
import { explain } from './words'

let organization: TestOrganization, other: TestOrganization
let manager: Member, member: Member, viewer: Member, field: Member
beforeAll(async () => {
  ;[organization, other] = [await makeOrganization(), await makeOrganization()]
  ;[manager, member, viewer, field] = [await organization.add('manager'), await organization.add('member'), await organization.add('viewer'), await organization.add('field')]
})
afterAll(closeConnections)

const of = (asker: Member, id: string) => withTenant(asker, (scope) => explainAccess(scope, id))
const said = async (asker: Member, id: string, person: Member) => {
  const one = (await of(asker, id)).find(({ userId }) => userId === person.userId)!
  return [one.level, explain(one)]
}

test('whoever manages a project reads each person’s level and the rule in words', async () => {
  const { id } = await makeProject(member)
  const team = await withTenant(organization.owner, (scope) => createTeam(scope, { name: 'Crew', userIds: [viewer.userId] }))
  await withTenant(member, (scope) => shareProject(scope, { id, version: 1, visibility: 'organization', defaultAccess: 'edit', teamId: null, shares: [`team:${team.id}:manage`] }))
  expect(await said(member, id, member)).toEqual([3, 'It belongs to them.'])
  expect(await said(organization.owner, id, manager)).toEqual([3, 'Every manager manages what is not private.'])
  expect(await said(manager, id, viewer)).toEqual([1, 'The team Crew is listed. A viewer changes nothing, whatever is shared.'])
  expect(await said(manager, id, field)).toEqual([0, 'Field workers see only what they are listed on.'])
})

test('seeing is not managing: a viewer and a member who only works there are told nothing', async () => {
  const { id } = await makeProject(organization.owner)
  for (const person of [viewer, member]) await expect(of(person, id)).rejects.toBeInstanceOf(ForbiddenError)
  await of(organization.owner, id)
})

test('a private project is not there for whoever cannot see it, owners too, and never offered to them', async () => {
  const { id } = await makeProject(member, { visibility: 'private' })
  for (const person of [organization.owner, manager, other.owner]) {
    await expect(of(person, id)).rejects.toBeInstanceOf(NotFoundError)
    expect((await withTenant(person, listExplainable)).map((one) => one.id)).not.toContain(id)
  }
  expect((await withTenant(member, listExplainable)).map((one) => one.id)).toContain(id)
  expect(await said(member, id, organization.owner)).toEqual([0, 'It is private, and they are not listed: not even an owner of the organization sees it.'])
})
