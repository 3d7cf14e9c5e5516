import 'server-only'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Column, ExportRow } from '@/lib/exports/cells'
import { type Batch, listFailedRows } from './batches'
import { findTarget } from './targets'

/** The rows that failed, as a table: `reasons` lists what is wrong, `rows` is the file again with only these, to be corrected and sent. */
export async function readErrorFile(scope: Scope, batch: Batch, kind: 'reasons' | 'rows'): Promise<{ columns: Column[]; rows: ExportRow[] }> {
  const failed = await listFailedRows(scope, batch.id, { size: 10_000 })
  const headers = batch.preview.columns.map(({ header }, at): Column => ({ key: String(at), label: header, kind: 'text' }))
  const reason: Column = { key: 'reason', label: 'Reason', kind: 'text' }
  if (kind === 'rows') return { columns: [...headers, reason], rows: failed.map(({ raw, message }) => ({ ...Object.fromEntries(headers.map(({ key }, at) => [key, raw[at] ?? ''])), reason: message })) }
  const fields = new Map(findTarget(batch.target)?.fields.map((field) => [field.key, field.label]))
  const rows = failed.map(({ line, column, message, raw }) => {
    const at = column ? batch.mapping.fields[column] : undefined
    return { line, column: column ? (fields.get(column) ?? column) : '', value: at === undefined ? '' : (raw[at] ?? ''), reason: message }
  })
  return { columns: [{ key: 'line', label: 'Line', kind: 'number' }, { key: 'column', label: 'Column', kind: 'text' }, { key: 'value', label: 'Value', kind: 'text' }, reason], rows }
}
