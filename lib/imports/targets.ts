import 'server-only'
import type { Permission } from '@/lib/authorization/permissions'
import type { ModuleKey } from '@/lib/modules/modules'
import type { Member } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { labelsTarget } from './target-labels'
import { tasksTarget } from './target-tasks'
import type { Choice } from './values'

/** A field that a column can be read into. `aliases`: what such columns are called elsewhere. */
export type ImportField = {
  key: string; label: string; required?: boolean; hint?: string; aliases: readonly string[]; kind: 'text' | 'choice' | 'day'; choices?: readonly Choice[]
  /** Whether a column of one of these names, with such values in it, is suggested at all. */
  fits?: (values: string[], name: string) => boolean
}

/** Why a row cannot come in, for the person who has to correct it. */
export type RowProblem = { code: string; message: string; column?: string }
export type Prepared<Row> = { line: number; row: Row; label: string; sourceId?: string }
export type Created = { line: number; kind: string; id: string; version: number }
export type Recorded = { id: string; line: number; label: string }
export type Undone = { id: string; outcome: 'reversed' | 'kept_edited' | 'kept_in_use'; reason?: string }

/** What one transaction knows of the place that rows go to. */
export type Importer<Row> = {
  /** What this place has against a row, before anything is written: it is answered without a word to the database. */
  refuse: (row: Row) => RowProblem | null
  /** Sees all rows of the portion that are not refused, before any is written: what is wrong between them, by line. Makes what they need of the place. */
  arrange?: (rows: Prepared<Row>[]) => Promise<Map<number, RowProblem>>
  /** Writes all of these or throws; `origin` names the file for their history. */
  insert: (rows: Prepared<Row>[], origin: { batchId: string; fileName: string }) => Promise<Created[]>
  /**
   * Their history, written last: history is sealed some minutes after an event's time (lib/audit/seals), and a large portion
   * takes as long to write.
   */
  record: (rows: Recorded[], fileName: string) => Promise<void>
  /** Joins what rows name among each other, when all of them are there. */
  tie?: (rows: Created[]) => Promise<void>
  /** What was made besides, such as labels: by kind, their ids. */
  helpers: () => Record<string, string[]>
}

/**
 * A list that files can be brought into. `read` looks at one row alone, outside of any transaction; `open` is called once in
 * each transaction, in dry runs too, and writes by the same rules as people do: an import has no way of its own.
 */
export type ImportTarget<Row = unknown> = {
  title: string
  module?: ModuleKey
  permission: Permission
  /** What its rows go into: then the batch is seen by whoever sees that. */
  into: 'project' | null
  fields: readonly ImportField[]
  /** `values`: by field, as text that has been mapped: choices are ours, days are ISO. */
  read: (values: Record<string, string>) => { row: Row; label: string; sourceId?: string } | RowProblem
  /** The fields by which rows name each other: a file that uses one comes in in one transaction, or not at all. */
  between?: readonly string[]
  /** Looks up what is not the tenant's to read (addresses of people), before the transaction. */
  lookUp?: (member: Member, rows: Row[]) => Promise<void>
  /** Takes what rows need of a place that everybody writes to, such as numbers, in a transaction of its own before theirs. */
  reserve?: (scope: Scope, containerId: string | null, count: number) => Promise<number>
  /** `first`: what was reserved; null in dry runs. */
  open: (scope: Scope, containerId: string | null, first: number | null) => Promise<Importer<Row>>
  undo: (scope: Scope, batchId: string, rows: { id: string; version: number }[]) => Promise<Undone[]>
  /** Which of the rows that a batch has made are to be taken back before all others; empty when there are none left. */
  undoFirst?: (scope: Scope, batchId: string, size: number) => Promise<string[]>
  /** Takes away what was made besides, as far as nothing uses it. */
  undoHelpers?: (scope: Scope, helpers: Record<string, string[]>) => Promise<void>
}

/** Every list with an import. A module adds its own here; the dialog and its tests need nothing else. */
export const IMPORT_TARGETS = { tasks: tasksTarget, labels: labelsTarget }

export function findTarget(key: string): ImportTarget | null {
  return Object.hasOwn(IMPORT_TARGETS, key) ? (IMPORT_TARGETS[key as keyof typeof IMPORT_TARGETS] as unknown as ImportTarget) : null
}

export const isProblem = (read: object): read is RowProblem => 'code' in read
