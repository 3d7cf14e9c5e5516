import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { refuse } from './guard.ts'

test('whoever is refused for a moment is told when to come back, and what method there is', async () => {
  const server = createServer((request, response) => refuse(response, Number(request.url!.slice(1))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const answer = (status: number) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${status}`)
  try {
    const busy = await answer(503)
    expect([busy.status, busy.headers.get('retry-after'), await busy.text()]).toEqual([503, '2', 'Too much is asked for at once. Try again in a moment.\n'])
    const other = await answer(405)
    expect([other.headers.get('retry-after'), other.headers.get('allow')]).toEqual([null, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'])
  } finally {
    server.close()
  }
})
