import { createHash } from 'node:crypto'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

// Stands where no container is, and is no row's id.
const NO_CONTAINER = '00000000-0000-0000-0000-000000000000'

/** The id of a row in the organization that it is restored into: always the same one, in the same order of time, and nobody else's. */
export function movedId(tenantId: string, id: string): string {
  const hash = createHash('sha256').update(tenantId).update(id).digest('hex')
  return `${id.slice(0, 13)}-7${hash.slice(0, 3)}-${((Number.parseInt(hash[3]!, 16) & 3) | 8).toString(16)}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
}

export type Row = Record<string, unknown>

/** A row with every id in it moved; ids of people as `people` says. */
export function moveRow(row: Row, idColumns: string[], { tenantId, people, keys }: { tenantId: string; people: Map<string, string>; keys: (key: string) => string }): Row {
  const moved: Row = { ...row }
  for (const column of idColumns) {
    const id = row[column]
    if (typeof id === 'string' && UUID.test(id) && id !== NO_CONTAINER) moved[column] = people.get(id) ?? movedId(tenantId, id)
  }
  if (typeof row.storage_key === 'string') moved.storage_key = keys(row.storage_key)
  return moved
}

/** Where the bytes of a file lie for the organization that it is restored into. */
export const movedKey = (tenantId: string, key: string) => `${tenantId}/${createHash('sha256').update(tenantId).update(key).digest('hex').slice(0, 32)}`

/** A checksum of rows that does not ask in which order they come, nor in which order their columns do. */
export class RowSum {
  private sum = Buffer.alloc(32)
  count = 0

  add(row: Row): void {
    const text = JSON.stringify(Object.entries(row).filter(([, value]) => value !== null).sort(([a], [b]) => (a < b ? -1 : 1)))
    const hash = createHash('sha256').update(text).digest()
    for (let at = 0; at < 32; at++) this.sum[at] = this.sum[at]! ^ hash[at]!
    this.count++
  }

  toString(): string {
    return `${this.count}:${this.sum.toString('hex')}`
  }
}
