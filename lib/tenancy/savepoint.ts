import 'server-only'
import { Refusal } from '@/lib/errors'
import type { Scope } from './with-tenant'

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }

/**
 * Runs work that may fail without taking the whole transaction along: on a refusal, or when the database will not store a
 * value (SQLSTATE classes 22 and 23), everything since here is undone and the error is answered. Everything else, a database
 * that is away or a bug, is thrown on. The one place where a database error may be caught.
 */
export async function savepoint<T>({ tx }: Scope, work: () => Promise<T>): Promise<Attempt<T>> {
  await tx.$executeRaw`SAVEPOINT attempt`
  try {
    const value = await work()
    await tx.$executeRaw`RELEASE SAVEPOINT attempt`
    return { ok: true, value }
  } catch (error) {
    if (!(error instanceof Refusal) && !isAboutValue(error)) throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT attempt`
    await tx.$executeRaw`RELEASE SAVEPOINT attempt`
    return { ok: false, error }
  }
}

// Prisma's own codes for a value too long, a broken unique or foreign key, a null or a check; else the state that PostgreSQL gave.
const VALUE_CODES = new Set(['P2000', 'P2002', 'P2003', 'P2004', 'P2011', 'P2020'])

function isAboutValue(error: unknown): boolean {
  const { code, meta } = (error ?? {}) as { code?: string; meta?: { code?: string; driverAdapterError?: { cause?: { originalCode?: string } } } }
  const state = meta?.driverAdapterError?.cause?.originalCode ?? meta?.code ?? ''
  return VALUE_CODES.has(code ?? '') || /^2[23]\w{3}$/.test(state)
}
