import type { Column, ExportRow } from './cells'
import { textOf } from './cells'

/** An array of objects whose fields keep their names whatever the columns are called on the screen. */
export async function* toJson(columns: Column[], pages: AsyncIterable<ExportRow[]>): AsyncGenerator<Buffer> {
  let isFirst = true
  for await (const rows of pages) {
    for (const row of rows) {
      const object = Object.fromEntries(columns.map(({ key, kind }) => [key, row[key] instanceof Date ? textOf(row[key], kind) : (row[key] ?? null)]))
      yield Buffer.from(`${isFirst ? '[\n' : ',\n'}${JSON.stringify(object)}`)
      isFirst = false
    }
  }
  yield Buffer.from(isFirst ? '[]\n' : '\n]\n')
}
