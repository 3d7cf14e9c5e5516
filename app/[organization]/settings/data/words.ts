import type { Tone } from '@/components/ui/tone'
import type { BatchStatus } from '@/lib/imports/batches'

export const STATUS_WORDS: Record<BatchStatus, { label: string; tone: Tone }> = {
  uploaded: { label: 'Sent', tone: 'neutral' }, checking: { label: 'Being tried', tone: 'info' }, checked: { label: 'Tried, not imported', tone: 'neutral' }, applying: { label: 'Coming in', tone: 'info' }, applied: { label: 'Imported', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' }, undoing: { label: 'Being undone', tone: 'info' }, undone: { label: 'Undone', tone: 'neutral' }, partly_undone: { label: 'Partly undone', tone: 'warning' },
}
