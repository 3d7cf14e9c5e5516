export const STATUSES = ['todo', 'in_progress', 'blocked', 'review', 'testing', 'done', 'cancelled', 'archived'] as const
export type Status = (typeof STATUSES)[number]
export const OPEN_STATUSES: Status[] = ['todo', 'in_progress', 'blocked', 'review', 'testing']
export const BOARD_STATUSES: Status[] = STATUSES.filter((status) => status !== 'archived')

export const PRIORITIES = ['critical', 'urgent', 'high', 'medium', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

export const STATUS_LABELS: Record<Status, string> = {
  todo: 'To do', in_progress: 'In progress', blocked: 'Blocked', review: 'Review', testing: 'Testing', done: 'Done', cancelled: 'Cancelled', archived: 'Archived',
}
export const PRIORITY_LABELS: Record<Priority, string> = { critical: 'Critical', urgent: 'Urgent', high: 'High', medium: 'Medium', low: 'Low' }

const TRANSITIONS: Record<Status, Status[]> = {
  todo: ['in_progress', 'cancelled', 'done'],
  in_progress: ['blocked', 'review', 'testing', 'cancelled', 'done'],
  blocked: ['in_progress', 'cancelled'],
  review: ['in_progress', 'testing', 'done', 'cancelled'],
  testing: ['in_progress', 'review', 'done', 'cancelled'],
  cancelled: ['todo', 'archived'],
  done: ['archived'],
  archived: [],
}

/** Where a task may go from here. One exception: a done subtask may be taken up again while its parent is open. */
export function allowedNext(from: Status, parent?: { status: Status } | null): Status[] {
  if (from === 'done' && parent && parent.status !== 'done' && parent.status !== 'archived') return ['in_progress', 'archived']
  return TRANSITIONS[from]
}

export const statusRank = (status: Status) => STATUSES.indexOf(status)
export const priorityRank = (priority: Priority) => PRIORITIES.indexOf(priority)
export const isOpen = (status: string) => (OPEN_STATUSES as string[]).includes(status)

export const LABELLED_MINUTES: Record<string, number> = { quick: 15, short: 60, small: 120, medium: 240, large: 480, xlarge: 960, huge: 1440, massive: 2400 }
const UNIT_MINUTES: Record<string, number> = { m: 1, min: 1, h: 60, d: 480, w: 2400 }
const ESTIMATE_MAX_MINUTES = 144_000

/** Minutes of an estimate such as `medium`, `2.5h`, `1h 30m`, `3d`, `1w` (a day is 8 h, a week 40 h); null when it is none. */
export function parseEstimate(text: string): number | null {
  const trimmed = text.trim().toLowerCase()
  if (Object.hasOwn(LABELLED_MINUTES, trimmed)) return LABELLED_MINUTES[trimmed]!
  if (!/^(\d{1,6}(\.\d{1,4})?\s*(min|m|h|d|w)\s*)+$/.test(trimmed)) return null
  let minutes = 0
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(min|m|h|d|w)/g)) minutes += Number(amount) * UNIT_MINUTES[unit!]!
  const whole = Math.round(minutes)
  return whole >= 1 && whole <= ESTIMATE_MAX_MINUTES ? whole : null
}

/** 90 → `1h 30m`; 480 → `1d`. */
export function formatEstimate(minutes: number): string {
  const parts: string[] = []
  let rest = minutes
  for (const [unit, size] of [['w', 2400], ['d', 480], ['h', 60], ['m', 1]] as const) {
    if (rest >= size) parts.push(`${Math.floor(rest / size)}${unit}`)
    rest %= size
  }
  return parts.join(' ')
}

/** Whether a row of a file is done: an archived one that names no day of completion was cancelled. */
export const isDoneRow = ({ status, completedOn }: { status: Status; completedOn: Date | null }) => status === 'done' || (status === 'archived' && completedOn !== null)

/** Progress of a task with subtasks: the mean over those not cancelled, rounded half up; a done one counts 100. */
export function derivedProgress(subtasks: { status: string; progress: number }[]): number | null {
  const counted = subtasks.filter(({ status }) => status !== 'cancelled')
  if (counted.length === 0) return null
  const sum = counted.reduce((total, { status, progress }) => total + (status === 'done' || status === 'archived' ? 100 : progress), 0)
  return Math.floor(sum / counted.length + 0.5)
}
