import 'server-only'
import type { z } from 'zod'
import { type AccessFilter, accessFilterSchema, readAccess } from '@/lib/reads/access-report'
import { listHeld } from '@/lib/reports/attention'
import { type CycleTime, readCycleTimes } from '@/lib/reports/cycle-time'
import { listCompleted } from '@/lib/reports/digest'
import { reportFilterSchema } from '@/lib/reports/filter'
import { listProgress } from '@/lib/reports/progress'
import { readWeeks, SHOWN_STATUSES } from '@/lib/reports/weeks'
import { STATUS_LABELS } from '@/lib/tasks/rules'
import { readWorkload, WEEKS, type WorkloadFilter, workloadFilterSchema } from '@/lib/tasks/workload'
import { toDay } from '@/lib/text'
import type { Column } from './cells'
import type { ExportList } from './lists'

type ReportList = ExportList<z.infer<typeof reportFilterSchema>>
const REPORT = { module: 'projects', permission: 'reports:read', filter: reportFilterSchema } as const
const HELD_MAX = 5_000

const text = (key: string, label: string): Column => ({ key, label, kind: 'text' })
const number = (key: string, label: string): Column => ({ key, label, kind: 'number' })
const date = (day: string) => new Date(`${day}T00:00:00Z`)
const tenth = (hours: number | null) => (hours === null ? null : Math.round(hours * 10) / 10)

export const weeksExport: ReportList = {
  ...REPORT, title: 'Status by week',
  columns: [{ key: 'week', label: 'Week from', kind: 'day' }, ...SHOWN_STATUSES.map((status) => number(status, STATUS_LABELS[status])), number('total', 'All but cancelled'), number('finished', 'Completed in the week')],
  page: async (scope, filter) => ({ rows: (await readWeeks(scope, filter)).map(({ week, counts, total, finished }) => ({ week: date(week), ...counts, total, finished })), next: null }),
}

const timesOf = ({ measured, neverBegun, medianHours, p85Hours, blockedHours }: CycleTime) => ({ measured, never: neverBegun, median: tenth(medianHours), p85: tenth(p85Hours), blocked: tenth(blockedHours) })

export const cycleTimesExport: ReportList = {
  ...REPORT, title: 'Cycle time',
  columns: [text('by', 'By'), text('of', 'Of'), number('measured', 'Tasks'), number('never', 'Never in progress'), number('median', 'Median, hours'), number('p85', '85th percentile, hours'), number('blocked', 'In blocked, hours')],
  async page(scope, filter) {
    const { all, weeks, workstreams } = await readCycleTimes(scope, filter)
    return { rows: [{ by: 'All', of: '', ...timesOf(all) }, ...weeks.map((row) => ({ by: 'Week', of: row.week, ...timesOf(row) })), ...workstreams.map((row) => ({ by: 'Workstream', of: row.name, ...timesOf(row) }))], next: null }
  },
}

export const progressExport: ReportList = {
  ...REPORT, title: 'Progress',
  columns: [text('kind', 'Kind'), text('name', 'Name'), number('done', 'Done'), number('total', 'All but cancelled'), number('percent', 'Percent')],
  page: async (scope, filter) => ({ rows: (await listProgress(scope, filter)).map(({ kind, name, done, total, percent }) => ({ kind, name, done, total, percent })), next: null }),
}

export const heldExport: ReportList = {
  ...REPORT, title: 'Blocked and overdue',
  columns: [
    text('number', 'Number'), text('title', 'Title'), text('status', 'Status'), text('reason', 'Reason'), text('people', 'Assignees'),
    { key: 'due', label: 'Due', kind: 'day' }, number('blockedDays', 'Blocked, days'), number('lateDays', 'Overdue, days'),
  ],
  page: async (scope, filter) => ({
    rows: (await listHeld(scope, filter, { take: HELD_MAX })).held.map(({ key, title, status, reason, people, dueOn, blockedDays, lateDays }) => ({ number: key, title, status, reason, people, due: dueOn, blockedDays, lateDays })),
    next: null,
  }),
}

export const completedExport: ReportList = {
  ...REPORT, title: 'Completed',
  columns: [text('number', 'Number'), text('title', 'Title'), text('project', 'Project'), text('summary', 'What was done'), { key: 'completed', label: 'Completed', kind: 'instant' }],
  async page(scope, filter, { after, size, isLarge }) {
    const completed = await listCompleted(scope, filter, { take: size, after: isLarge ? (after ?? '00000000-0000-0000-0000-000000000000') : undefined })
    return { rows: completed.map(({ key, title, projectName, summary, completedAt }) => ({ number: key, title, project: projectName, summary, completed: completedAt })), next: isLarge && completed.length === size ? completed.at(-1)!.id : null }
  },
}

export const workloadExport: ExportList<WorkloadFilter> = {
  ...REPORT, filter: workloadFilterSchema, title: 'Workload',
  columns: [text('person', 'Person'), number('open', 'Open'), number('overdue', 'Overdue'), number('unestimated', 'No estimate'), ...Array.from({ length: WEEKS }, (_, at) => number(`week${at + 1}`, at === 0 ? 'This week, hours' : `Week ${at + 1}, hours`))],
  async page(scope, filter) {
    const { people } = await readWorkload(scope, toDay(new Date(), scope.member.organization.timezone), filter)
    return { rows: people.map(({ name, open, overdue, unestimated, weeks }) => ({ person: name, open, overdue, unestimated, ...Object.fromEntries(weeks.map(({ minutes }, at) => [`week${at + 1}`, tenth(minutes / 60)])) })), next: null }
  },
}

export const accessExport: ExportList<AccessFilter> = {
  module: 'projects', permission: 'reports:read', filter: accessFilterSchema, title: 'Who opened and changed what',
  columns: [{ key: 'day', label: 'Day', kind: 'day' }, text('person', 'Person'), text('task', 'Task'), number('opened', 'Hours in which it was opened'), number('changed', 'Changes'), number('refused', 'Hours in which it was refused')],
  page: async (scope, filter) => ({ rows: (await readAccess(scope, filter)).map(({ day, name, number: at, title, opened, changed, refused }) => ({ day, person: name, task: title ? `${at} ${title}` : '', opened, changed, refused })), next: null }),
}
