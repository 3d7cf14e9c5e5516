import type { LimitKey } from '@/lib/plans/limits'

export const LIMIT_WORDS: Record<LimitKey, { label: string; unit: string; atLimit: string }> = {
  members: { label: 'Seats', unit: 'seats', atLimit: 'Nobody more can be invited or join; whoever is in stays.' },
  projects: { label: 'Projects', unit: 'projects', atLimit: 'No further project can be made or taken up again; archived ones do not count.' },
  storage_mb: { label: 'Files', unit: 'MB', atLimit: 'Nothing more can be uploaded; what is there stays and can be downloaded.' },
  api_calls: { label: 'API calls this hour', unit: 'calls an hour', atLimit: 'Programs are told to wait until the next hour begins.' },
}

export const amount = (value: number | null) => (value === null ? 'unlimited' : value.toLocaleString('en'))
/** Minor units of the installation's currency as people write it. */
export const price = (cents: number) => (cents === 0 ? 'free' : `$${(cents / 100).toLocaleString('en')} a month`)

/** What a plan does not keep of the history that the present one does; the thirty days are those of kernel.purgeable. Null: it keeps as much. */
export function historyLoss({ auditDays }: { auditDays: number | null }, present: { auditDays: number | null } | null): string | null {
  if (auditDays === null || (present?.auditDays != null && present.auditDays <= auditDays)) return null
  return `History older than ${auditDays.toLocaleString('en')} days is removed for good once this plan has held for 30 days. Export it before, or choose another plan within them.`
}
