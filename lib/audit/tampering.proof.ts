import { afterAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { makeOrganization } from '@/lib/testing/make-organization'
import { tamper, TAMPERINGS, writeEvents } from '@/lib/testing/tampering'
import { verifyOrganization } from './seals'

const TIMES = 200
afterAll(closeConnections)

test(`${TIMES} random tamperings are found and located`, async () => {
  const missed: string[] = []
  for (let n = 0; n < TIMES; n++) {
    const organization = await makeOrganization()
    const events = await writeEvents(organization, 20 + Math.floor(Math.random() * 40), 2 + Math.floor(Math.random() * 4))
    const [name, act] = TAMPERINGS[n % TAMPERINGS.length]!
    const wanted = await tamper(organization.tenantId, events, act, Math.floor(Math.random() * 1_000))
    const { problems } = await verifyOrganization(organization.tenantId)
    if (!problems.some(({ seq, problem, eventId }) => seq === wanted.seq && problem === wanted.problem && (wanted.eventId === undefined || wanted.eventId === eventId))) missed.push(`${name}: ${JSON.stringify({ wanted, problems })}`)
  }
  console.info(`tampering: ${TIMES} in ${TAMPERINGS.length} ways, ${TIMES - missed.length} found and located`)
  expect(missed).toEqual([])
})
