import { afterAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { racePools } from '@/lib/testing/race'
import { seatRound } from '@/lib/testing/seat-race'

const ROUNDS = 100
const { pools, close } = racePools()
afterAll(async () => {
  await close()
  await closeConnections()
})

test(`fifty join at once where eleven seats are free: ${ROUNDS} rounds`, async () => {
  let refused = 0
  for (let round = 0; round < ROUNDS; round++) {
    const { joined, refusals, seated, max } = await seatRound(pools.tenant)
    expect({ joined, seated }).toEqual({ joined: max - 1, seated: max })
    refused += refusals.length
  }
  console.info(`seats: ${ROUNDS} rounds of 50, ${refused} refused, never one too many`)
})
