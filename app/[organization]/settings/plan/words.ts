import type { LoadKey } from '@/lib/plans/limit-keys'
import type { LimitKey, Usage } from '@/lib/plans/limits'
import type { Plan } from '@/lib/plans/plans'

export const LIMIT_WORDS: Record<LimitKey | LoadKey, { label: string; unit: string; atLimit: string }> = {
  members: { label: 'Seats', unit: 'seats', atLimit: 'Nobody more can be invited or join; whoever is in stays.' },
  projects: { label: 'Projects', unit: 'projects', atLimit: 'No further project can be made or taken up again; archived ones do not count.' },
  storage_mb: { label: 'Files', unit: 'MB', atLimit: 'Nothing more can be uploaded; what is there stays and can be downloaded.' },
  api_calls: { label: 'API calls this hour', unit: 'calls an hour', atLimit: 'Programs are told to wait until the next hour begins.' },
  requests_per_minute: { label: 'Requests this minute', unit: 'requests a minute', atLimit: 'Everybody there is told to wait until the next minute begins.' },
  statement_seconds_per_minute: { label: 'Seconds in the database this minute', unit: 'seconds a minute', atLimit: 'Everybody there is told to wait until the next minute begins.' },
  exported_rows_per_hour: { label: 'Rows taken away within the hour', unit: 'rows an hour', atLimit: 'Exports are refused until there is room again.' },
}

/** `2,000 MB`, `20 GB`, `unlimited storage`, `5 seats`. */
export function amount(key: LimitKey | LoadKey, value: number | null): string {
  if (key !== 'storage_mb') return `${value === null ? 'unlimited' : value.toLocaleString('en')} ${LIMIT_WORDS[key].unit}`
  if (value === null) return 'unlimited storage'
  return value >= 10_000 && value % 1_000 === 0 ? `${(value / 1_000).toLocaleString('en')} GB` : `${value.toLocaleString('en')} MB`
}
/** What of it is in use: `0 of 2,000 MB`. */
export const usedOf = (key: LimitKey | LoadKey, used: number, max: number | null) => (max === null
  ? `${used.toLocaleString('en')}${key === 'storage_mb' ? ' MB' : ''}, ${amount(key, null)}`
  : `${used.toLocaleString('en')}${key === 'storage_mb' && max >= 10_000 ? ' MB' : ''} of ${amount(key, max)}`)
/** Minor units of the installation's currency as people write it. */
export const price = (cents: number) => (cents === 0 ? 'free' : `$${(cents / 100).toLocaleString('en')} a month`)

/** What changes from the present plan to another: its price and each limit, with what is in use. */
export function differencesOf(plan: Plan, present: Plan | null, usage: Usage[]): string[] {
  const limits = usage.filter(({ key, max }) => plan.limits[key] !== max).map(({ key, used, max }) => `${LIMIT_WORDS[key].label}: ${amount(key, max)} → ${amount(key, plan.limits[key])}, ${used.toLocaleString('en')} in use`)
  return [`Price: ${present ? price(present.monthlyPrice) : 'free while on trial'} → ${price(plan.monthlyPrice)}`, ...limits]
}

/** What a plan does not keep of the history that the present one does; the thirty days are those of kernel.purgeable. Null: it keeps as much. */
export function historyLoss({ auditDays }: { auditDays: number | null }, present: { auditDays: number | null } | null): string | null {
  if (auditDays === null || (present?.auditDays != null && present.auditDays <= auditDays)) return null
  return `History older than ${auditDays.toLocaleString('en')} days is removed for good once this plan has held for 30 days. Export it before, or choose another plan within them.`
}
