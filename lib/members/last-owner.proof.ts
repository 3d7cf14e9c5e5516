import { afterAll, expect, test } from 'vitest'
import { closeConnections } from '@/lib/testing/connections'
import { lastOwnerRound } from '@/lib/testing/last-owner-race'
import { racePools } from '@/lib/testing/race'

const ROUNDS = 100
const { pools, close } = racePools()
afterAll(async () => {
  await close()
  await closeConnections()
})

test(`of fifty owners put out at once by seven ways, one is left: ${ROUNDS} rounds`, async () => {
  const left: number[] = []
  let refused = 0
  for (let round = 0; round < ROUNDS; round++) {
    const result = await lastOwnerRound(pools, round)
    left.push(result.left)
    refused += result.refused
  }
  console.info(`last owner: ${ROUNDS} rounds of 50, owners left ${Math.min(...left)} to ${Math.max(...left)}, ${refused} refused`)
  expect(Math.min(...left)).toBeGreaterThanOrEqual(1)
})
