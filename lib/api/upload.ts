import 'server-only'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { requireSameOrigin } from '@/lib/actions/answer'
import { bearerToken } from '@/lib/auth/bearer'
import { InvalidError } from '@/lib/errors'
import { withSpooled, type Spooled } from '@/lib/files/receive'

/** A browser's session counts only on a request that our own page sent; an access token is no browser's to send along. */
export async function requireOwnPage(): Promise<void> {
  if ((await bearerToken()) === undefined) await requireSameOrigin()
}

/** The body of a request as a temporary file. @throws Refusal 413, InvalidError when it is empty */
export async function withUpload<T>(request: Request, work: (file: Spooled) => Promise<T>, options: { limitBytes?: number } = {}): Promise<T> {
  if (!request.body) throw new InvalidError('This file is empty.')
  return withSpooled(Readable.fromWeb(request.body as ReadableStream), work, options)
}
