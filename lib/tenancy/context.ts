import { AsyncLocalStorage } from 'node:async_hooks'
import type { Role } from './member'

/** What the pool puts into `kernel.enter` in the round trip of BEGIN. */
export type TenantContext = {
  readonly tenantId: string; readonly userId: string; readonly role: Role; readonly readOnly: boolean
  /** Everything as it stood at one moment. */
  readonly isSnapshot?: boolean
  /** A chunk of a job: it may wait for locks as long as the role may. */
  readonly isPatient?: boolean
  /** The one container that the transaction is limited to. */
  readonly containerId?: string | null
  /** The support session that is entered instead of the member. */
  readonly supportId?: string
}

// One storage for the process, however many bundles load this module: a second one would see no context and refuse.
const key = Symbol.for('bulkhead.tenancy')
const shared = globalThis as unknown as Record<symbol, AsyncLocalStorage<TenantContext> | undefined>
export const tenantContext = (shared[key] ??= new AsyncLocalStorage<TenantContext>())
