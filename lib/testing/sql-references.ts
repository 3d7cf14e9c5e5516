import pg from 'pg'
import { vi } from 'vitest'

/** The text of every statement that reaches the server while `work` runs, whichever client sends it. */
export async function captureSql(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = []
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [config] = args as [string | { text: string }]
    texts.push(typeof config === 'string' ? config : config.text)
    return query.apply(this, args) as never
  })
  try {
    await work()
  } finally {
    spy.mockRestore()
  }
  return texts
}

const REFERENCE = /\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:"public"\.)?"?(?<table>[a-z_]+)"?(?:\s+(?:AS\s+)?"?(?<alias>(?!on\b|where\b|set\b|order\b|group\b|limit\b|values\b|left\b|inner\b|join\b|as\b|returning\b)[a-z]\w*)"?)?/gi

/** Tenant tables that a statement names without naming their tenant as a parameter (rule 25). */
export function referencesWithoutTenant(sql: string, tenantTables: string[]): string[] {
  const wanting: string[] = []
  for (const { groups, 0: matched } of sql.matchAll(REFERENCE)) {
    const { table, alias } = groups as { table: string; alias?: string }
    if (!tenantTables.includes(table)) continue
    const column = /INTO/i.test(matched) ? /\(([^)]*"tenant_id"[^)]*)\)\s*VALUES/i : nameOf(alias ?? table, alias === undefined)
    if (!column.test(sql)) wanting.push(alias ? `${table} ${alias}` : table)
  }
  return wanting
}

// IN (NULL) is what Prisma sends for the relations of no rows: it matches nothing.
const nameOf = (name: string, isBare: boolean) => new RegExp(`(?:(?:"public"\\.)?"?\\b${name}"?\\.${isBare ? '|(?<![.\\w"])' : ''})"?tenant_id"?(?:\\s*(?:=|IN)\\s*\\(?\\s*(?:\\$\\d|NULL\\))|\\s*,\\s*[^)]*\\)\\s*(?:IN|=)\\s*\\(+\\s*\\$\\d)`, 'i')
