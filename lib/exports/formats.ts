import type { Column, ExportRow } from './cells'
import { toCsv } from './csv'
import { toJson } from './json'
import { toXlsx } from './xlsx'

export const FORMATS = ['csv', 'xlsx', 'json'] as const
export type Format = (typeof FORMATS)[number]

export const MIMES: Record<Format | 'zip', string> = { zip: 'application/zip', csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', json: 'application/json' }

/** A list as a file, piece by piece. */
export function write(format: Format, columns: Column[], pages: AsyncIterable<ExportRow[]>, title: string): AsyncGenerator<Buffer> {
  if (format === 'csv') return toCsv(columns, pages)
  return format === 'json' ? toJson(columns, pages) : toXlsx(columns, pages, title)
}
