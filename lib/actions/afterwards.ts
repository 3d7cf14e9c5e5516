import 'server-only'
import { after } from 'next/server'

/** Does what nobody waits for once the answer has gone out. */
export function afterwards(work: () => Promise<unknown>): void {
  after(work)
}
