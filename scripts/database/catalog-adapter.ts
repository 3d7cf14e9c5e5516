import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR = 18
const TEXT = 25

/**
 * The adapter of the product, for reading the catalog: that has columns of the type "char" (one byte), which the adapter
 * refuses by itself and the schema engine asks for.
 */
export class CatalogAdapter extends PrismaPg {
  readonly #pool: CharPool

  constructor(url: string) {
    // The engine sees only tables that its role may use.
    const pool = new CharPool({ connectionString: url, max: 2, options: '-c role=app_owner' })
    // The database is dropped right after; a connection it cuts is no news.
    pool.on('error', () => undefined)
    super(pool)
    this.#pool = pool
  }

  override async connect() {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query: SqlQuery): Promise<SqlResultSet> => {
      const result = await queryRaw(query)
      for (const at of this.#pool.chars.get(result.rows) ?? []) result.columnTypes[at] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }

  close() {
    return this.#pool.end()
  }
}

/** Shows "char" columns as text and remembers, by the rows of the answer, which they were. */
class CharPool extends pg.Pool {
  readonly chars = new WeakMap<object, number[]>()

  // The adapter knows only this form of the method.
  override query = (async (config: pg.QueryArrayConfig) => {
    const result = await super.query(config)
    const chars = result.fields.flatMap((field, at) => (field.dataTypeID === CHAR ? [at] : []))
    for (const at of chars) (result.fields[at] as pg.FieldDef).dataTypeID = TEXT
    this.chars.set(result.rows, chars)
    return result
  }) as unknown as pg.Pool['query']
}
