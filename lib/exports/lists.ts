import 'server-only'
import type { z } from 'zod'
import type { Permission } from '@/lib/authorization/permissions'
import type { ModuleKey } from '@/lib/modules/modules'
import type { Scope } from '@/lib/tenancy/with-tenant'
import type { Column, ExportRow } from './cells'
import { auditExport } from './list-audit'
import { ideasExport } from './list-ideas'
import { labelsExport, membersExport, projectsExport, trashExport } from './list-small'
import { accessExport, completedExport, cycleTimesExport, heldExport, progressExport, weeksExport, workloadExport } from './list-reports'
import { tasksExport } from './list-tasks'
import { templatesExport } from './list-templates'

/** A page of rows, and where the next one begins; null when this is the last. */
export type ExportPage = { rows: ExportRow[]; next: string | null }

/**
 * A list that can be taken away. `page` reads in the scope of whoever asks, so a file holds what their page shows.
 * `isLarge`: the file is made by a job, page by page in transactions of their own; the order must then be one in which
 * nothing moves under way.
 */
export type ExportList<Filter = unknown> = {
  title: string
  module?: ModuleKey
  /** Besides `exports:run`. */
  permission?: Permission
  columns: Column[]
  /** The filters as they stand in the URL of the list; what is no filter is left alone. */
  filter: z.ZodType<Filter>
  page: (scope: Scope, filter: Filter, at: { after: string | null; size: number; isLarge: boolean }) => Promise<ExportPage>
}

/** Every list with an export button. A module adds its own here, and the tests open each in every format. */
export const EXPORT_LISTS = {
  tasks: tasksExport, projects: projectsExport, labels: labelsExport, audit: auditExport, members: membersExport, trash: trashExport, ideas: ideasExport, templates: templatesExport,
  weeks: weeksExport, 'cycle-times': cycleTimesExport, progress: progressExport, held: heldExport, completed: completedExport, workload: workloadExport, access: accessExport,
}
export type ExportKey = keyof typeof EXPORT_LISTS

export function findList(key: string): ExportList | null {
  return Object.hasOwn(EXPORT_LISTS, key) ? (EXPORT_LISTS[key as ExportKey] as unknown as ExportList) : null
}
