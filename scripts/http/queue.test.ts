import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { refuse } from './guard.ts'
import { workQueue } from './queue.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close())))

async function serve(atOnce: number, patienceMs: number) {
  const begun: { path: string; response: ServerResponse }[] = []
  const admit = workQueue(atOnce, patienceMs)
  const server = createServer((request, response) => admit({ response, begin: () => begun.push({ path: request.url!, response }), refuse: () => refuse(response, 503) }))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { begun, port, ask: (path: string) => fetch(`http://127.0.0.1:${port}${path}`) }
}

test('so many at once, the others in their order; an answer that has begun makes room', async () => {
  const { begun, ask } = await serve(2, 5_000)
  const asked = []
  for (const path of ['/1', '/2', '/3', '/4']) {
    asked.push(ask(path))
    await wait(20)
  }
  expect(begun.map(({ path }) => path)).toEqual(['/1', '/2'])
  // Headers alone: the rest is for whoever reads.
  begun[1]!.response.writeHead(200)
  begun[1]!.response.write('slowly')
  await expect.poll(() => begun.map(({ path }) => path)).toEqual(['/1', '/2', '/3'])
  begun[0]!.response.end('done')
  await expect.poll(() => begun.map(({ path }) => path)).toEqual(['/1', '/2', '/3', '/4'])
  for (const { response } of begun) response.end()
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
})

test('who would wait too long is told to come back, and is not begun later', async () => {
  const { begun, ask } = await serve(1, 100)
  const first = ask('/1')
  await wait(20)
  const began = performance.now()
  const late = await ask('/2')
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '2'])
  expect(performance.now() - began).toBeLessThan(1_000)
  begun[0]!.response.end()
  await first
  const third = ask('/3')
  await expect.poll(() => begun.map(({ path }) => path)).toEqual(['/1', '/3'])
  begun[1]!.response.end()
  expect((await third).status).toBe(200)
})

test('who hangs up while waiting or at work leaves their place', async () => {
  const { begun, port, ask } = await serve(1, 5_000)
  const hangUp = async (path: string) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    await wait(50)
    return socket
  }
  const [working, queued] = [await hangUp('/1'), await hangUp('/2')]
  queued.destroy()
  await wait(50)
  const third = ask('/3')
  await wait(50)
  working.destroy()
  await expect.poll(() => begun.map(({ path }) => path)).toEqual(['/1', '/3'])
  begun[1]!.response.end()
  expect((await third).status).toBe(200)
})
