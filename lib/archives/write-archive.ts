import 'server-only'
import { createReadStream } from 'node:fs'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ConflictError } from '@/lib/errors'
import { newFileKey } from '@/lib/files/keys'
import { withSpooled, withTemporary } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import type { JobRun } from '@/lib/jobs/job-run'
import { enqueueJob } from '@/lib/jobs/jobs'
import { takeAttempt } from '@/lib/limits/limits'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { Row } from './ids'
import { ARCHIVE_FORMAT, type Manifest, type Part } from './manifest'
import { ZipWriter } from './zip-writer'

const PAGE = 1_000
const KEPT_DAYS = 7
/** Nothing larger is made, or taken. */
export const ARCHIVE_MAX_BYTES = 2_000_000_000
const FIRST = '00000000-0000-0000-0000-000000000000'

type Further = (progress: { done: number; total: number }) => Promise<void>
export type ArchiveTable = { table_name: string; id_columns: string[]; columns: string[]; own_parent: string | null }

export const listArchiveTables = ({ tx }: Scope) => tx.$queryRaw<ArchiveTable[]>`SELECT * FROM kernel.archive_tables()`
export const readArchiveRows = ({ tx }: Scope, table: string, after: string, size = PAGE) => tx.$queryRaw<{ content: Row }[]>`SELECT * FROM kernel.archive_rows(${table}, ${after}::uuid, ${size}::int)`

/** Queues the archive of the whole organization. Returns the job. @throws ForbiddenError for anybody but an owner · ConflictError while one of theirs is being made · TooManyRequestsError */
export async function startArchive(scope: Scope): Promise<string> {
  authorize(scope, 'organization:archive')
  if ((await scope.tx.job.count({ where: { kind: 'archive', status: { in: ['queued', 'running'] } } })) > 0) throw new ConflictError('An archive is being made already. Wait until it is there.')
  await takeAttempt('archive', scope.member.tenantId)
  const id = await enqueueJob(scope, 'archive', {})
  await recordAudit(scope, { action: 'organization.archive_asked', entityKind: 'organization', entityId: scope.member.tenantId, label: scope.member.organization.name })
  return id
}

/**
 * The job: every table row by row as the owner sees it, all as it stood at one moment, the files, the history to read, and a
 * manifest with counts and SHA-256 of each part. Other people's private projects are not the owner's to take; how many there are is said.
 */
export async function runArchive(run: JobRun): Promise<Record<string, unknown>> {
  return withTemporary(async (path) => {
    const zip = new ZipWriter(path)
    const { manifest, files, done } = await run.snapshot((scope, further) => writeRows(scope, zip, further))
    for (const { id, key } of files) {
      const source = await fileStore().read(key)
      // Its row says that it is lost; the archive does not make one up.
      if (source) manifest.files.push(await zip.add(`files/${id}`, bytesOf(source)))
      run.check()
    }
    await zip.add('manifest.json', lines([[manifest as unknown as Row]]))
    await zip.end()
    return withSpooled(createReadStream(path), async (file) => {
      const storageKey = newFileKey(run.member.tenantId)
      await fileStore().put(storageKey, file)
      const [id, fileName] = [uuidv7(), `${run.member.organization.slug}-${toDay(new Date(), run.member.organization.timezone)}.zip`]
      await run.chunk(async (scope) => {
        await scope.tx.export.createMany({ data: [{
          id, requestedBy: scope.member.userId, list: 'archive', format: 'zip', filters: {}, rowCount: done, fileName, sizeBytes: file.sizeBytes, storageKey,
          expiresAt: new Date(Date.now() + KEPT_DAYS * 86_400_000),
        }] })
        await recordAudit(scope, { action: 'organization.archived', entityKind: 'organization', entityId: scope.member.tenantId, label: fileName, changes: { rows: [null, done], files: [null, manifest.files.length] } })
        return { value: null, done, total: done }
      })
      return { exportId: id, fileName, rowCount: done }
    }, { limitBytes: ARCHIVE_MAX_BYTES })
  })
}

async function writeRows(scope: Scope, zip: ZipWriter, further: Further) {
  authorize(scope, 'organization:archive')
  const { total, manifest } = await begin(scope)
  const files: { id: string; key: string }[] = []
  let done = 0
  for (const { table_name: table } of await listArchiveTables(scope)) {
    manifest.tables[table] = await zip.add(`tables/${table}.jsonl`, lines(pages(scope, table, async (rows) => {
      done += rows.length
      if (table === 'attachments') files.push(...rows.map((row) => ({ id: String(row.id), key: String(row.storage_key) })))
      await further({ done, total: Math.max(done, total) })
    })))
  }
  manifest.tables.history = await zip.add('history.jsonl', lines(history(scope, () => further({ done, total: Math.max(done, total) }))))
  return { manifest, files, done }
}

async function begin({ tx, member }: Scope): Promise<{ total: number; manifest: Manifest }> {
  const { name, kind, timezone, currency, colour } = await tx.organization.findFirstOrThrow({ where: { id: member.tenantId } })
  const people = await tx.membership.findMany({ orderBy: { id: 'asc' } })
  const facts = await tx.$queryRaw<{ user_id: string; email: string | null }[]>`SELECT user_id, email FROM kernel.member_facts()`
  const emails = new Map(facts.map((row) => [row.user_id, row.email]))
  const seen = await tx.container.count({ where: { kind: 'project' } })
  const [all] = await tx.$queryRaw<{ used: bigint }[]>`SELECT used FROM kernel.my_usage(${new Date()}) WHERE limit_key = 'projects'`
  const archived = await tx.container.count({ where: { kind: 'project', archivedAt: { not: null } } })
  return {
    total: await tx.task.count(),
    manifest: {
      format: ARCHIVE_FORMAT, madeAt: new Date().toISOString(), madeBy: member.userId,
      organization: { name, kind: kind as Manifest['organization']['kind'], timezone, currency, colour, modules: [...member.organization.modules] },
      people: people.map(({ userId, displayName, role }) => ({ userId, name: displayName, email: emails.get(userId) ?? null, role })),
      tables: {} as Record<string, Part>, files: [], leftOut: { privateProjects: Math.max(0, Number(all?.used ?? 0) - (seen - archived)) },
    },
  }
}

async function* pages(scope: Scope, table: string, report: (rows: Row[]) => Promise<void>): AsyncGenerator<Row[]> {
  for (let after = FIRST; ; ) {
    const rows = (await readArchiveRows(scope, table, after)).map(({ content }) => content)
    await report(rows)
    yield rows
    if (rows.length < PAGE) return
    after = String(rows.at(-1)!.id)
  }
}

async function* history({ tx }: Scope, report: () => Promise<void>): AsyncGenerator<Row[]> {
  for (let after: { at: Date; id: string } | null = null; ; ) {
    const rows: ({ at: Date; id: string } & Row)[] = await tx.auditEvent.findMany({
      where: after ? { at: { gte: after.at }, OR: [{ at: { gt: after.at } }, { id: { gt: after.id } }] } : {}, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: PAGE, include: { details: { select: { label: true, changes: true } } },
    })
    await report()
    yield rows
    if (rows.length < PAGE) return
    after = rows.at(-1)!
  }
}

async function* lines(source: AsyncIterable<Row[]> | Iterable<Row[]>): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
  for await (const rows of source) yield { bytes: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')), rows: rows.length }
}

async function* bytesOf(source: AsyncIterable<Buffer>): AsyncGenerator<{ bytes: Uint8Array }> {
  for await (const bytes of source) yield { bytes }
}
