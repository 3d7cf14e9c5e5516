import type { Tone } from '@/components/ui/tone'
import type { BatchStatus, Counts } from '@/lib/imports/batches'

export const STATUS_WORDS: Record<BatchStatus, { label: string; tone: Tone }> = {
  uploaded: { label: 'Sent', tone: 'neutral' }, checking: { label: 'Being tried', tone: 'info' }, checked: { label: 'Tried, not imported', tone: 'neutral' }, applying: { label: 'Coming in', tone: 'info' }, applied: { label: 'Imported', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' }, undoing: { label: 'Being undone', tone: 'info' }, undone: { label: 'Undone', tone: 'neutral' }, partly_undone: { label: 'Partly undone', tone: 'warning' },
}

/** "7,151 created, 1 failed"; of a file that was only tried, "7,151 would be created, 1 would fail". */
export function describeCounts({ created, failed, reversed, keptEdited, keptInUse, undoFailed }: Counts, status: BatchStatus): string {
  const isTrial = status === 'checking' || status === 'checked'
  const parts: [number | undefined, string][] = [[created, isTrial ? 'would be created' : 'created'], [failed, isTrial ? 'would fail' : 'failed'], [reversed, 'taken back'], [keptEdited, 'kept, edited since'], [keptInUse, 'kept, in use'], [undoFailed, 'not undone']]
  return parts.filter(([count]) => count).map(([count, word]) => `${count!.toLocaleString('en')} ${word}`).join(', ') || 'none'
}
