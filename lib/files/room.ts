import 'server-only'
import { UnavailableError } from '@/lib/errors'
import { log } from '@/lib/telemetry/log'

// No space on the device, and no more of it for this user.
const FULL = new Set(['ENOSPC', 'EDQUOT'])

/** Runs work that writes to a disk of ours. @throws UnavailableError when that disk is full: over once somebody has made room */
export async function needingRoom<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw FULL.has((error as NodeJS.ErrnoException | null)?.code ?? '') ? filesUnavailable(error, 'There is no room for files just now.') : error
  }
}

/** What people are told, while the reason goes to whoever runs the installation. */
export function filesUnavailable(problem: unknown, message: string): UnavailableError {
  log('error', 'files.unavailable', { problem })
  return new UnavailableError(problem, message)
}
