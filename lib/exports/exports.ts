import 'server-only'
import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError, NotFoundError } from '@/lib/errors'
import { newFileKey } from '@/lib/files/keys'
import { withSpooled, withTemporary } from '@/lib/files/receive'
import { fileStore } from '@/lib/files/store'
import type { JobRun } from '@/lib/jobs/job-run'
import { enqueueJob } from '@/lib/jobs/jobs'
import { takeRows } from '@/lib/limits/budget'
import { takeAttempt } from '@/lib/limits/limits'
import { isOn } from '@/lib/modules/modules'
import { toDay } from '@/lib/text'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid, v7 as uuidv7 } from '@/lib/uuid'
import type { ExportRow } from './cells'
import { write, type Format } from './formats'
import { findList, type ExportList } from './lists'

/** Up to here a list is answered at once; above, a job makes the file. */
export const AT_ONCE_MAX = 1_000
const PAGE_SIZE = 1_000
const KEPT_DAYS = 7
/** No file is larger, whatever there is to write into it. */
const SIZE_MAX = 1_073_741_824

// Where a page begins is no filter of its list.
const PLACES = new Set(['after', 'before', 'page'])

type Query = Record<string, string>
export type SmallExport = { list: ExportList; rows: ExportRow[]; filters: Query }

/** The list, if this member may take it away. @throws NotFoundError when there is none, or its module is off · ForbiddenError · InvalidError */
function requireList(scope: Scope, key: string, query: Query): { list: ExportList; filter: unknown; filters: Query } {
  const list = findList(key)
  if (!list || (list.module && !isOn(scope.member, list.module))) throw new NotFoundError()
  authorize(scope, 'exports:run')
  if (list.permission) authorize(scope, list.permission)
  const parsed = list.filter.safeParse(query)
  if (!parsed.success || Object.values(query).some((text) => text.includes('\0') || !text.isWellFormed())) throw new InvalidError('One of these filters is none. Go back to the list and choose again.')
  const kept = Object.keys(parsed.data as object)
  return { list, filter: parsed.data, filters: Object.fromEntries(Object.entries(query).filter(([name, text]) => kept.includes(name) && text !== '' && !PLACES.has(name))) }
}

/** The rows of a list as its page shows them; null when there are too many to answer at once. */
export async function readSmallExport(scope: Scope, key: string, query: Query): Promise<SmallExport | null> {
  const { list, filter, filters } = requireList(scope, key, query)
  const { rows } = await list.page(scope, filter, { after: null, size: AT_ONCE_MAX + 1, isLarge: false })
  if (rows.length > AT_ONCE_MAX) return null
  takeRows(scope.member.tenantId, rows.length)
  return { list, rows, filters }
}

/** In the transaction in which the rows were read: no file without its event. */
export async function recordExport(scope: Scope, key: string, format: Format | 'print', { rowCount, filters }: { rowCount: number; filters: Query }, id = uuidv7()): Promise<void> {
  await recordAudit(scope, {
    action: 'export.created', entityKind: 'export', entityId: id, label: findList(key)?.title ?? key, ownerUserId: scope.member.userId,
    changes: { list: [null, key], format: [null, format], rows: [null, rowCount], ...Object.fromEntries(Object.entries(filters).map(([name, text]) => [name, [null, text]])) },
  })
}

/** Queues the making of a file. Returns the job. @throws TooManyRequestsError */
export async function startExport(scope: Scope, key: string, format: Format, query: Query): Promise<string> {
  const { filters } = requireList(scope, key, query)
  await takeAttempt('exportBy', scope.member.userId)
  return enqueueJob(scope, 'export_list', { list: key, format, filters })
}

export const exportFileName = (key: string, format: Format, timezone: string) => `${key}-${toDay(new Date(), timezone)}.${format}`

/** The job: reads page by page as its requester, writes piece by piece, and stores the file with its event at the end. */
export async function runExport(run: JobRun): Promise<Record<string, unknown>> {
  const { list: key, format, filters } = run.payload as { list: string; format: Format; filters: Query }
  let rowCount = 0
  const pages = async function* () {
    for (let after: string | null = null; ; ) {
      const page: { rows: ExportRow[]; next: string | null } = await run.chunk(async (scope) => {
        const { list, filter } = requireList(scope, key, filters)
        const value = await list.page(scope, filter, { after, size: PAGE_SIZE, isLarge: true })
        takeRows(scope.member.tenantId, value.rows.length)
        return { value, done: rowCount + value.rows.length }
      })
      rowCount += page.rows.length
      yield page.rows
      if (!page.next) return
      after = page.next
    }
  }
  const list = findList(key)
  if (!list) throw new NotFoundError()
  return withTemporary(async (path) => {
    await pipeline(Readable.from(write(format, list.columns, pages(), list.title)), createWriteStream(path, { mode: 0o600 }))
    return withSpooled(createReadStream(path), async (file) => {
      const storageKey = newFileKey(run.member.tenantId)
      await fileStore().put(storageKey, file)
      const [id, fileName] = [uuidv7(), exportFileName(key, format, run.member.organization.timezone)]
      await run.chunk(async (scope) => {
        const expiresAt = new Date(Date.now() + KEPT_DAYS * 86_400_000)
        await scope.tx.export.createMany({ data: [{ id, requestedBy: scope.member.userId, list: key, format, filters, rowCount, fileName, sizeBytes: file.sizeBytes, storageKey, expiresAt }] })
        await recordExport(scope, key, format, { rowCount, filters }, id)
        return { value: null, done: rowCount, total: rowCount }
      })
      return { exportId: id, fileName, rowCount }
    }, { limitBytes: SIZE_MAX })
  })
}

/** A file of mine that has not expired. @throws NotFoundError */
export async function getExport({ tx }: Scope, id: string) {
  const row = isUuid(id) ? await tx.export.findFirst({ where: { id, expiresAt: { gt: new Date() } } }) : null
  if (!row) throw new NotFoundError()
  return row
}

/** My files, the latest first. */
export async function listExports({ tx }: Scope) {
  return tx.export.findMany({ where: { expiresAt: { gt: new Date() } }, orderBy: { id: 'desc' }, take: 50 })
}
