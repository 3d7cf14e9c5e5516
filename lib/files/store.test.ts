import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { UnavailableError } from '@/lib/errors'
import { withFile } from '@/lib/testing/make-file'
import { startS3Server } from '@/lib/testing/s3-server'
import { v7 as uuidv7 } from '@/lib/uuid'
import { DiskStore } from './disk-store'
import { newFileKey } from './keys'
import { withTemporary } from './receive'
import { S3Store } from './s3-store'
import type { FileStore } from './store'

const directory = mkdtempSync(join(tmpdir(), 'bulkhead-store-'))
let server: Awaited<ReturnType<typeof startS3Server>>
const stores: Record<string, FileStore> = {}
beforeAll(async () => {
  server = await startS3Server()
  Object.assign(stores, { disk: new DiskStore(directory), S3: new S3Store(server.settings) })
})
afterAll(async () => {
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

const contentOf = async (store: FileStore, key: string) => {
  const source = await store.read(key)
  return source && (await buffer(source))
}

describe.each(['disk', 'S3'])('%s', (name) => {
  test('what is put in comes out, byte by byte, until it is deleted; deleting again is nothing', async () => {
    const store = stores[name]!
    const [key, content] = [newFileKey(uuidv7()), randomBytes(3_000_000)]
    expect(await contentOf(store, key)).toBeNull()
    await withFile(content, (file) => store.put(key, file))
    expect((await contentOf(store, key))!.equals(content)).toBe(true)
    await store.delete(key)
    await store.delete(key)
    expect(await contentOf(store, key)).toBeNull()
  })

  test('lists all files by key, with when they came', async () => {
    const store = stores[name]!
    const keys = [newFileKey(uuidv7()), newFileKey(uuidv7()), newFileKey('018f0000-0000-7000-8000-000000000001')]
    for (const key of keys) await withFile('x', (file) => store.put(key, file))
    const listed = []
    for await (const { key, modifiedAt } of store.list()) {
      listed.push(key)
      expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(60_000)
    }
    expect(listed).toEqual([...keys].sort())
  })

  test.each(['../../etc/passwd', '018f0000-0000-7000-8000-000000000001/../x', '/x', '', 'a/b'])('the key %j leads nowhere', async (key) => {
    await expect(Promise.resolve().then(() => stores[name]!.read(key))).rejects.toThrow('no key of a file')
  })
})

test('S3: an unknown key is an error, not an absent file; so is a store that is away', async () => {
  const key = newFileKey(uuidv7())
  await withFile('x', async (file) => {
    await stores.S3!.put(key, file)
    await expect(new S3Store({ ...server.settings, FILES_S3_KEY_ID: 'WRONG' }).put(key, file)).rejects.toThrow('answers 403')
    await expect(new S3Store({ ...server.settings, FILES_S3_KEY_ID: 'WRONG' }).read(key)).rejects.toThrow('answers 403')
  })
  const away = await new S3Store({ ...server.settings, FILES_S3_ENDPOINT: 'http://127.0.0.1:1' }).read(key).catch((error: unknown) => error as Error)
  expect(away).toBeInstanceOf(UnavailableError)
  expect((away as Error).cause).toMatchObject({ message: expect.stringContaining('The file store does not answer') as string })
})

test('disk: what cannot be put in leaves no half of it behind', async () => {
  const key = newFileKey(uuidv7())
  mkdirSync(join(directory, key), { recursive: true })
  await expect(withFile('x', (file) => stores.disk!.put(key, file))).rejects.toThrow('rename')
  expect(readdirSync(dirname(join(directory, key)))).toEqual([basename(key)])
})

test('a full disk is unavailable, not broken; whoever runs the installation reads why', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const failed = await withTemporary(() => writeFile('/dev/full', 'x')).catch((error: unknown) => error as Error)
  expect(failed).toBeInstanceOf(UnavailableError)
  expect((failed as Error).message).toBe('There is no room for files just now.')
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/files\.unavailable.*ENOSPC/))
  said.mockRestore()
  await expect(withTemporary(() => writeFile('/dev/null/x', 'x'))).rejects.toThrow('ENOTDIR')
})

describe('a store that is slow', () => {
  const KEY = newFileKey('018f0000-0000-7000-8000-000000000001')
  const PATIENCE_MS = 100
  let answer: (response: ServerResponse) => Promise<void> | void
  const slow = createServer((_, response) => void answer(response))
  let store: S3Store
  beforeAll(async () => {
    await new Promise<void>((resolve) => void slow.listen(0, '127.0.0.1', resolve))
    store = new S3Store({ ...server.settings, FILES_S3_ENDPOINT: `http://127.0.0.1:${(slow.address() as AddressInfo).port}` }, PATIENCE_MS)
  })
  afterAll(() => slow.closeAllConnections())

  test('a file that takes longer than its beginning may comes whole', async () => {
    answer = async (response) => {
      for (let piece = 0; piece < 5; piece++) {
        response.write('x'.repeat(1000))
        await wait(PATIENCE_MS)
        globalThis.gc?.()
      }
      response.end()
    }
    expect((await contentOf(store, KEY))!.length).toBe(5000)
  })

  test('one that never begins is given up after some tries', async () => {
    let asked = 0
    answer = () => void asked++
    const failed = await store.read(KEY).catch((error: unknown) => error as Error)
    expect(failed).toBeInstanceOf(UnavailableError)
    expect((failed as Error).cause).toMatchObject({ message: 'The file store does not answer (nothing for 100 ms).' })
    expect(asked).toBe(3)
  })
})
