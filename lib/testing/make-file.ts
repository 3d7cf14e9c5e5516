import { Readable } from 'node:stream'
import { withSpooled, type Spooled } from '@/lib/files/receive'

/** The smallest picture there is. */
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

export const withFile = <T>(content: Buffer | string, work: (file: Spooled) => Promise<T>): Promise<T> => withSpooled(Readable.from([Buffer.from(content)]), work)
