import 'server-only'
import type pg from 'pg'
import { env } from '@/lib/env'
import { UnavailableError } from '@/lib/errors'
import { isUnavailable } from '@/lib/unavailable'
import { platformPool } from './client'

/** The platform's connections for the counters of lib/limits: single statements, prepared only where the pooler allows it. */
export function countingPool() {
  return {
    query: async ({ name, ...query }: pg.QueryConfig) => {
      try {
        return await platformPool().query({ ...query, ...(env().PREPARED_STATEMENTS === 'on' && { name }) })
      } catch (error) {
        throw isUnavailable(error) ? new UnavailableError(error) : error
      }
    },
  }
}
