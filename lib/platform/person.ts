import 'server-only'
import { UnavailableError } from '@/lib/errors'
import { refusalOfDatabase } from '@/lib/tenancy/held-rules'
import { isUnavailable } from '@/lib/unavailable'
import type { Visitor } from '@/lib/visitors/visitor'
import { platformClient } from './client'

export type PlatformTransaction = Omit<Parameters<Parameters<ReturnType<typeof platformClient>['$transaction']>[0]>[0], '$queryRawUnsafe' | '$executeRawUnsafe'>

/** An open transaction that reaches one person's own matters: what every noun of identity takes first. */
export type PersonScope = { readonly tx: PlatformTransaction; readonly userId: string; readonly visitor: Visitor }

/**
 * Runs `work` in one transaction of the platform that has entered this person: row security shows it their sessions, factors,
 * identities and their own row, and nobody else's. `userId` comes from a session, a password, a passkey, a provider or a
 * token that the database has just confirmed. Nothing is caught inside it.
 */
export async function withPerson<T>(userId: string, visitor: Visitor, work: (scope: PersonScope) => Promise<T>): Promise<T> {
  try {
    return await platformClient().$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT kernel.enter_person(${userId}::uuid)`
        return work({ tx, userId, visitor })
      },
      { maxWait: 2_000, timeout: 8_000 },
    )
  } catch (error) {
    throw isUnavailable(error) ? new UnavailableError(error) : (refusalOfDatabase(error) ?? error)
  }
}
