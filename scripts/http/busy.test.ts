import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { noteBusy, refuseBusy } from './busy.ts'

let visits = 0
const from = (authorization = `Bearer ${visits}`, url = '/api/v1/fern-forge/tasks') => ({ url, headers: { authorization }, resume: () => undefined }) as unknown as IncomingMessage
/** The seconds that somebody is told to wait without the application; null: the application is asked. */
function told(request: IncomingMessage, now: number): number | null {
  let waitS: number | null = null
  const response = { writeHead: (_: number, headers: Record<string, number>) => { waitS = headers['Retry-After']!; return response }, end: () => undefined }
  return refuseBusy(request, response as unknown as ServerResponse, 'id', now) ? waitS : null
}

test('who was told to wait is told so again, alone and in that organization alone, until the time is over', () => {
  visits++
  noteBusy(from(), 40, 0)
  expect([told(from(), 500), told(from('Bearer somebody else'), 500), told(from(undefined, '/api/v1/other-place/tasks'), 500), told(from(undefined, '/fern-forge'), 500)]).toEqual([40, null, null, null])
  expect([told(from(), 40_000), told(from(), 40_001)]).toEqual([null, null])
})

test('every two seconds one of theirs is asked of the application; when it lets that one through, all come through', () => {
  visits++
  noteBusy(from(), 40, 0)
  expect(told(from(), 1_999)).toBe(39)
  const first = from()
  expect([told(first, 2_000), told(from(), 2_001)]).toEqual([null, 38])
  // Still over; one that was let in before the limit was reached says nothing of it.
  noteBusy(first, 38, 2_050)
  noteBusy(from(), undefined, 2_060)
  expect(told(from(), 2_100)).toBe(38)
  const second = from()
  expect(told(second, 4_100)).toBe(null)
  noteBusy(second, undefined, 4_150)
  expect([told(from(), 4_151), told(from(), 4_152)]).toEqual([null, null])
})
