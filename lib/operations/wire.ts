export const toSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

// What the pages read and a program must not: nothing secret, but nothing of its business.
const DROPPED = new Set(['tenantId', 'nameLc', 'statusRank', 'priorityRank', 'deletedAt', 'ownerKey', 'minRole'])

/** A value as it is sent: names in snake_case, moments as ISO 8601, days (`…On`) as `YYYY-MM-DD`, texts and data as they are. */
export function toWire(value: unknown, name = ''): unknown {
  if (value instanceof Date) return name.endsWith('On') ? value.toISOString().slice(0, 10) : value.toISOString()
  if (value instanceof Free) return value.data
  if (value instanceof Map) return toWire(Object.fromEntries(value), name)
  if (Array.isArray(value)) return value.map((one) => toWire(one, name))
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (DROPPED.has(key) || one === undefined ? [] : [[toSnake(key), toWire(one, key)]])))
}

/** Data of people's own, whose names are theirs and stay as they wrote them. */
export class Free {
  constructor(readonly data: unknown) {}
}
