export const SUPPORT_TONES: Record<string, 'warning' | 'info' | 'neutral' | 'danger'> = { requested: 'warning', active: 'info', ended: 'neutral', expired: 'neutral', declined: 'danger' }

const ENDED: Record<string, string> = { platform: 'ended', organization: 'ended by the organization', time: 'time was over' }

/** What became of a session, in words. */
export function supportState({ status, endedBy, startsAt }: { status: string; endedBy: string | null; startsAt: unknown }): string {
  if (status === 'requested') return 'waits for an owner'
  if (status === 'active') return 'open'
  if (status === 'expired' && startsAt === null) return 'nobody answered'
  if (status === 'expired') return endedBy === 'time' || !endedBy ? 'time was over' : ENDED[endedBy]!
  return status === 'ended' ? (ENDED[endedBy ?? ''] ?? 'ended') : status
}

/** Said to whoever was in it, before a time or a full stop. */
export const HOW_IT_ENDED = { time: 'Its time was over', organization: 'An owner or admin there ended it', platform: 'You ended it yourself' } as const
export const NOTHING_STORED = 'Nothing was stored, and what you typed is still here.'
