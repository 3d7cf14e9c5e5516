import type pg from 'pg'
import { SettingError } from '../settings.ts'
import type { Migration } from './migrate.ts'
import { lineAt, split } from './split.ts'

const ENDS_TRANSACTION = /^(begin|start\s+transaction|commit|end|rollback|abort|prepare\s+transaction)\b/i

/** Runs a migration's statements inside the open transaction. Throws a SettingError with file, line and PostgreSQL's message. */
export async function run(client: pg.Client, migration: Migration, statementPerMessage: boolean) {
  const statements = split(migration.sql)
  const ends = statements.find(({ text }) => ENDS_TRANSACTION.test(text))
  // It would commit half of the migration and lose the record of it.
  if (ends) throw new SettingError(`${migration.file}:${ends.line}: a migration runs in a transaction already and may not begin or end one.`)

  if (statementPerMessage) {
    for (const { text, line } of statements)
      await client.query(text).catch((error: pg.DatabaseError) => {
        throw failure(migration, line + (error.position ? lineAt(text, Number(error.position)) - 1 : 0), error)
      })
    return
  }
  let completed = 0
  const count = () => (completed += 1)
  const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
  connection.on('commandComplete', count)
  try {
    await client.query(migration.sql)
  } catch (error) {
    const { position } = error as pg.DatabaseError
    // Without a position (a violated constraint, an error in a function) it is the first statement not reported as done.
    throw failure(migration, position ? lineAt(migration.sql, Number(position)) : (statements[completed]?.line ?? 1), error as pg.DatabaseError)
  } finally {
    connection.off('commandComplete', count)
  }
}

function failure({ file }: Migration, line: number, { message, code, detail, where }: pg.DatabaseError) {
  const more = [detail, where?.split('\n')[0]].filter(Boolean).join('; ')
  return new SettingError(`${file}:${line}: ${message}${code ? ` (${code})` : ''}${more ? `. ${more}` : ''}`)
}
