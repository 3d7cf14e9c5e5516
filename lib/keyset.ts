import type { z } from 'zod'

/** Where a page ended, by what its list is ordered by, as one word of an address. */
export const toCursor = (...values: (string | number | Date | null)[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

/** Null for a cursor that is none of this list: it then begins at its beginning. */
export function fromCursor<S extends z.ZodType>(schema: S, text: string | undefined): z.infer<S> | null {
  if (!text) return null
  try {
    const json = Buffer.from(text, 'base64url').toString()
    // PostgreSQL stores no NUL and no half of a pair, and compares with none.
    return /\\u(0000|d[89a-f])/i.test(json) ? null : (schema.safeParse(JSON.parse(json)).data ?? null)
  } catch {
    return null
  }
}

/** A page of the rows that were read, which are one more than it holds where others follow. */
export function pageOf<T>(rows: T[], size: number, cursorOf: (last: T) => string): { rows: T[]; next: string | null } {
  const page = rows.slice(0, size)
  return { rows: page, next: rows.length > size ? cursorOf(page.at(-1)!) : null }
}
