import 'server-only'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { InvalidError, NotFoundError } from '@/lib/errors'
import { withSpooled, withTemporary } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import { typeOf } from '@/lib/files/types'
import type { JobRun } from '@/lib/jobs/job-run'
import { logoHash } from '@/lib/organizations/profile'
import { movedId, movedKey, moveRow, RowSum, type Row } from './ids'
import type { Manifest } from './manifest'
import { type Archive, checkArchive, openArchive } from './read-archive'
import { listArchiveTables, readArchiveRows, type ArchiveTable } from './write-archive'

const CHUNK = 500
/** Rows that hang on each other: nothing of the product goes deeper. */
const LEVELS_MAX = 20
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * The job: into the empty organization that its requester has just founded. Every id is moved to one of this organization,
 * always to the same one, so that a run after a crash goes on where it was. Afterwards what stands there is compared with the
 * archive, table by table.
 */
export async function runRestore(run: JobRun): Promise<Record<string, unknown>> {
  const key = await run.chunk(async ({ tx }) => {
    const row = await tx.export.findFirst({ where: { id: String(run.payload.exportId) } })
    if (!row) throw new NotFoundError()
    return { value: row.storageKey }
  })
  return withTemporary(async (path) => {
    const source = await fileStore().read(key)
    if (!source) throw new InvalidError('The archive is not there any more. Upload it again.')
    await pipeline(source, createWriteStream(path, { mode: 0o600 }))
    const archive = await openArchive(path)
    try {
      return await restore(run, archive)
    } finally {
      archive.close()
    }
  })
}

async function restore(run: JobRun, archive: Archive): Promise<Record<string, unknown>> {
  const damaged = await checkArchive(archive)
  if (damaged.length > 0) throw new InvalidError(`This archive is damaged, nothing was restored: ${damaged.slice(0, 3).join(', ')}.`)
  const { manifest } = archive
  const { tenantId } = run.member
  const files = await restoreFiles(run, archive, (key) => movedKey(tenantId, key))
  const people = await restorePeople(run, manifest)
  const move = { tenantId, people, keys: (key: string) => movedKey(tenantId, key) }
  const tables = await run.chunk(async (scope) => ({ value: await listArchiveTables(scope) }))
  const total = tables.reduce((sum, { table_name: table }) => sum + (manifest.tables[table]?.rows ?? 0), 0)
  let done = 0
  const differing: string[] = []
  for (const table of tables) {
    const given = new RowSum()
    for await (const rows of inOrder(archive, table)) {
      const moved = rows.map((row) => moveRow(row, table.id_columns, move))
      for (const row of moved) given.add(row)
      done += rows.length
      await run.chunk(async ({ tx }) => {
        await tx.$executeRaw`SELECT kernel.restore_rows(${table.table_name}, ${JSON.stringify(moved)}::jsonb)`
        return { value: null, done, total }
      }, { seconds: 60 }).catch((error: unknown) => { throw doesNotFit(error) ? new InvalidError(`This archive is damaged: rows of ${table.table_name} do not fit what else is in it.`) : error })
    }
    if (given.toString() !== (await sumOf(run, table.table_name)).toString()) differing.push(table.table_name)
  }
  await run.chunk(async (scope) => {
    const logo = await scope.tx.organizationLogo.findFirst()
    if (logo) await scope.tx.$executeRaw`SELECT kernel.set_logo_hash(${logoHash(logo.bytes)}, ${new Date()})`
    await scope.tx.$executeRaw`SELECT kernel.close_restore()`
    await recordAudit(scope, { action: 'organization.restored_from_archive', entityKind: 'organization', entityId: tenantId, label: manifest.organization.name, changes: { rows: [null, done], files: [null, files], madeAt: [null, manifest.madeAt] } })
    return { value: null, done, total: done }
  })
  return { rows: done, files, people: people.size, isEqual: differing.length === 0, differing }
}

/**
 * Whoever restores is whoever made the archive, under whatever address: all in it was seen by them, and somebody has to see it
 * again. Everybody else stands as a former member for what they made.
 */
async function restorePeople(run: JobRun, { people, madeBy }: Manifest): Promise<Map<string, string>> {
  const { tenantId, userId } = run.member
  const map = new Map(people.map((person) => [person.userId, person.userId === madeBy ? userId : movedId(tenantId, person.userId)]))
  const others = people.filter((person) => map.get(person.userId) !== userId)
  for (let at = 0; at < others.length; at += CHUNK) {
    const rows = others.slice(at, at + CHUNK).map(({ userId: old, name }) => ({ id: map.get(old), membership_id: movedId(tenantId, map.get(old)!), name }))
    await run.chunk(async ({ tx }) => {
      await tx.$executeRaw`SELECT kernel.restore_people(${JSON.stringify(rows)}::jsonb, ${new Date()})`
      return { value: null }
    })
  }
  return map
}

// Classes 22 and 23: data that is none, and rows that hang on others that are not there. Another try would not help.
const doesNotFit = (error: unknown) => /^2[23]/.test((error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } }).meta?.driverAdapterError?.cause?.originalCode ?? '')

/** Rows so that each comes after the one it hangs on: what hangs on nothing first, then level by level. */
async function* inOrder(archive: Archive, { table_name: table, own_parent: parent }: ArchiveTable): AsyncGenerator<Row[]> {
  if (!parent) return yield* archive.rows(table, CHUNK)
  const there = new Set<unknown>()
  for (let level = 0, found = true; found; level++) {
    if (level > LEVELS_MAX) throw new InvalidError(`This archive is damaged: ${table} is nested without an end.`)
    found = false
    const before = new Set(there)
    for await (const rows of archive.rows(table, CHUNK)) {
      const ready = rows.filter((row) => !before.has(row.id) && (level === 0 ? row[parent] === null : before.has(row[parent])))
      for (const { id } of ready) there.add(id)
      found ||= ready.length > 0
      if (ready.length > 0) yield ready
    }
  }
}

// No more of a row than is compared with its file: there may be 200,000 of them.
const fileFacts = z.object({ size_bytes: z.number(), sha256: z.string().max(70), mime: z.string().max(100), file_name: z.string().max(300), storage_key: z.string().max(80) })
type FileFacts = z.infer<typeof fileFacts>
function factsOf(row: Row): FileFacts {
  const { data } = fileFacts.safeParse(row)
  if (!data) throw new InvalidError('This archive is damaged: a row of attachments is none.')
  return data
}

// What a row says of its file, the file must be: size, digest and kind, as when it was first taken in.
async function restoreFiles(run: JobRun, archive: Archive, keys: (key: string) => string): Promise<number> {
  const paths = new Set(archive.manifest.files.map(({ path }) => path))
  const wanted = new Map<string, FileFacts>()
  for await (const rows of archive.rows('attachments', CHUNK)) for (const row of rows) if (paths.has(`files/${String(row.id)}`)) wanted.set(`files/${String(row.id)}`, factsOf(row))
  for (const part of archive.manifest.files) {
    const row = wanted.get(part.path)
    if (!row) continue
    await withSpooled(Readable.from(archive.file(part)), async (file) => {
      const isIt = file.sizeBytes === row.size_bytes && `\\x${file.sha256}` === row.sha256 && (await typeOf(file.path, row.file_name)) === row.mime
      if (!isIt) throw new InvalidError(`This archive is damaged: ${part.path} is not the file that its row names.`)
      await fileStore().put(keys(row.storage_key), file)
    })
    run.check()
  }
  return archive.manifest.files.length
}

async function sumOf(run: JobRun, table: string): Promise<RowSum> {
  const sum = new RowSum()
  for (let after = FIRST; ; ) {
    const rows = await run.chunk(async (scope) => ({ value: (await readArchiveRows(scope, table, after)).map(({ content }) => content) }))
    for (const row of rows) sum.add(row)
    if (rows.length < 1_000) return sum
    after = String(rows.at(-1)!.id)
  }
}
