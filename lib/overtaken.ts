export const OVERTAKEN = 'Someone changed or removed what this refers to at the same moment. Nothing was stored: look again and repeat it.'

/** Somebody else was faster: a referenced row has gone, a unique value has come, or two transactions waited for each other. */
export function isOvertaken(error: unknown): boolean {
  const { code, meta } = (error ?? {}) as { code?: string; meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }
  const state = meta?.driverAdapterError?.cause?.originalCode ?? ''
  return ['P2002', 'P2003', 'P2034'].includes(code ?? '') || ['23503', '23505', '40P01', '40001'].includes(state)
}
