import { afterAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { racePools } from '@/lib/testing/race'
import { slugRound } from '@/lib/testing/slug-race'

const ROUNDS = 100
const { pools, close } = racePools()
afterAll(async () => {
  await close()
  await closeConnections()
})

test(`fifty organizations claim one address at once: ${ROUNDS} rounds`, async () => {
  for (let round = 0; round < ROUNDS; round++) expect(await slugRound(pools.tenant)).toEqual({ claimed: 1, holders: 1 })
  console.info(`addresses: ${ROUNDS} rounds of 50, one holder each time`)
})
