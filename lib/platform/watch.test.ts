import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { env } from '@/lib/env'
import { UnavailableError } from '@/lib/errors'
import { isFrozen, onFreeze } from '@/lib/telemetry/frozen'
import { closeConnections } from '@/lib/testing/connections'
import { withEnv } from '@/lib/testing/with-env'
import { ask } from './ask'
import { closePlatformClient, platformPool } from './client'
import { startWatchingDatabase } from './watch'

/** A way to the database. `lose`: who is connected hears nothing any more, and nobody tells them; who comes after is served, or not. */
async function makeWay() {
  const url = new URL(env().PLATFORM_DATABASE_URL)
  const to = { host: url.hostname, port: Number(url.port || 5432) }
  const open = new Set<Socket>()
  let isServing = true
  const server = createServer((near) => {
    open.add(near.on('error', () => undefined))
    if (!isServing) return
    const far = connect(to).on('error', () => undefined)
    open.add(far)
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  Object.assign(url, { hostname: '127.0.0.1', port: String((server.address() as AddressInfo).port) })
  const lose = (serves: boolean) => {
    isServing = serves
    for (const socket of open) socket.unpipe().resume()
  }
  return { url: url.href, lose, serve: () => (isServing = true), close: () => { for (const socket of open) socket.destroy(); server.close() } }
}

const alive = () => ask('platform_settings_now()')
let end: () => void
afterEach(async () => {
  end()
  await closePlatformClient()
})
afterAll(closeConnections)

test.each([['at once', true], ['after a while', false]])('after a failover that nobody is told of, to a server that is there %s, it works again; what was open before is used no more', { timeout: 20_000 }, async (_, serves) => {
  const way = await makeWay()
  await closePlatformClient()
  await withEnv({ PLATFORM_DATABASE_URL: way.url }, async () => {
    await Promise.all([alive(), alive(), alive()])
    end = startWatchingDatabase()
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(platformPool().totalCount).toBe(3)
    const freeze = vi.fn()
    onFreeze(freeze)
    way.lose(serves)
    await expect(alive()).rejects.toThrow(UnavailableError)
    expect(freeze).toHaveBeenCalledTimes(1)
    if (!serves) {
      // Longer than connecting may take: whoever says nothing does not refuse.
      await new Promise((resolve) => setTimeout(resolve, 6_000))
      expect(isFrozen()).toBe(true)
      expect(freeze).toHaveBeenCalledTimes(1)
      way.serve()
    }
    await vi.waitFor(() => expect(isFrozen()).toBe(false), 5_000)
    for (let n = 0; n < 4; n++) await alive()
  })
  way.close()
})
