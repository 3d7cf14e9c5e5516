import 'server-only'
import { openAsBlob } from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import type { Env } from '@/lib/env'
import { isFileKey, requireFileKey } from './keys'
import { filesUnavailable } from './room'
import type { FileStore, StoredFile } from './store'

type Settings = Pick<Env, 'FILES_S3_ENDPOINT' | 'FILES_S3_REGION' | 'FILES_S3_BUCKET' | 'FILES_S3_KEY_ID' | 'FILES_S3_SECRET' | 'FILES_S3_PATH_STYLE'>
const TRIES = 3
const PATIENCE_MS = 30_000

/** A bucket of an S3-compatible store. Requests are signed by aws4fetch; bytes stream both ways. */
export class S3Store implements FileStore {
  private readonly client: AwsClient
  private readonly base: string

  /** `patienceMs`: how long to wait for the store to begin an answer, in milliseconds. */
  constructor({ FILES_S3_ENDPOINT, FILES_S3_BUCKET, FILES_S3_REGION, FILES_S3_KEY_ID, FILES_S3_SECRET, FILES_S3_PATH_STYLE }: Settings, private readonly patienceMs = PATIENCE_MS) {
    this.client = new AwsClient({ accessKeyId: FILES_S3_KEY_ID!, secretAccessKey: FILES_S3_SECRET!, region: FILES_S3_REGION, service: 's3', retries: 0 })
    const url = new URL(FILES_S3_ENDPOINT!)
    if (FILES_S3_PATH_STYLE === 'on') url.pathname = `${url.pathname.replace(/\/$/, '')}/${FILES_S3_BUCKET}`
    else url.hostname = `${FILES_S3_BUCKET}.${url.hostname}`
    this.base = url.href.replace(/\/$/, '')
  }

  async put(key: string, { path, sha256 }: { path: string; sha256: string }): Promise<void> {
    // A blob backed by the file: its length is known, and it is read as it is sent, again for each try.
    const body = await openAsBlob(path)
    await this.send(`/${requireFileKey(key)}`, { method: 'PUT', body, headers: { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' } })
  }

  async read(key: string): Promise<Readable | null> {
    const { status, body } = await this.send(`/${requireFileKey(key)}`, {}, [404])
    if (status === 404 || !body) return null
    return Readable.fromWeb(body as ReadableStream)
  }

  async delete(key: string): Promise<void> {
    await (await this.send(`/${requireFileKey(key)}`, { method: 'DELETE' }, [404])).body?.cancel()
  }

  async *list(): AsyncIterable<StoredFile> {
    for (let token = ''; ; ) {
      const page = await (await this.send(`?${new URLSearchParams({ 'list-type': '2', 'max-keys': '1000', ...(token && { 'continuation-token': token }) })}`)).text()
      for (const [, content] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const key = textOf(content!, 'Key')
        if (key && isFileKey(key)) yield { key, modifiedAt: new Date(textOf(content!, 'LastModified') ?? 0) }
      }
      token = textOf(page, 'NextContinuationToken') ?? ''
      if (!token) return
    }
  }

  /** @throws UnavailableError when the store does not answer after some tries · Error when it refuses */
  private async send(path: string, init: RequestInit = {}, expected: number[] = []): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.ask(path, init).catch((error: unknown) => error as Error)
      if (answer instanceof Response && (answer.ok || expected.includes(answer.status))) return answer
      const isFinal = answer instanceof Response && answer.status < 500 && answer.status !== 429
      const problem = () => new Error(`The file store ${answer instanceof Response ? `answers ${answer.status}` : `does not answer (${answer.message})`}.`)
      if (isFinal) throw problem()
      if (attempt >= TRIES) throw filesUnavailable(problem(), 'The file store is not answering.')
      if (answer instanceof Response) await answer.body?.cancel()
      await wait(200 * 3 ** (attempt - 1))
    }
  }

  // The limit is for the beginning of the answer alone: a large file, or a slow reader of it, takes as long as it takes.
  private async ask(path: string, init: RequestInit): Promise<Response> {
    const impatience = new AbortController()
    const timer = setTimeout(() => impatience.abort(new Error(`nothing for ${this.patienceMs} ms`)), this.patienceMs)
    try {
      return await this.client.fetch(`${this.base}${path}`, { ...init, cache: 'no-store', ...(init.body ? {} : { signal: impatience.signal }) })
    } finally {
      clearTimeout(timer)
    }
  }
}

// The few fields of the list that are read hold no markup of their own: keys are ours, the rest is the store's.
function textOf(xml: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]?.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
}
