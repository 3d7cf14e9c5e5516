import 'server-only'
import { env } from '@/lib/env'
import { UnavailableError } from '@/lib/errors'
import { isUnavailable } from '@/lib/unavailable'
import { platformPool } from './client'

/**
 * One question to a function of the kernel: a single prepared statement in one round trip, outside of any transaction.
 * @throws UnavailableError when the database does not answer; never "nothing found"
 */
export async function ask<Row>(call: string, values: unknown[] = []): Promise<Row[]> {
  const name = /^\w+/.exec(call)?.[0]
  const text = `SELECT * FROM kernel.${call}`
  try {
    return (await platformPool().query({ ...(env().PREPARED_STATEMENTS === 'on' && { name }), text, values })).rows as Row[]
  } catch (error) {
    throw isUnavailable(error) ? new UnavailableError(error) : error
  }
}

/** A statement about the catalog: a constant of lib/isolation, without parameters. @throws UnavailableError */
export async function askCatalog(text: string): Promise<unknown[]> {
  try {
    return (await platformPool().query(text)).rows
  } catch (error) {
    throw isUnavailable(error) ? new UnavailableError(error) : error
  }
}
