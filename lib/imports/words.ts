import type { BatchStatus, Counts } from './batches'

/** "7,151 created, 1 failed"; of a file that was only tried, "7,151 would be created, 1 would fail". */
export function describeCounts({ created, failed, reversed, keptEdited, keptInUse, undoFailed }: Counts, status: BatchStatus): string {
  const isTrial = status === 'checking' || status === 'checked'
  const parts: [number | undefined, string][] = [
    [created, isTrial ? 'would be created' : 'created'], [failed, isTrial ? 'would fail' : 'failed'], [reversed, 'taken back'], [keptEdited, 'kept, edited since'],
    [keptInUse, 'kept, in use'], [undoFailed, 'not undone'],
  ]
  return parts.filter(([count]) => count).map(([count, word]) => `${count!.toLocaleString('en')} ${word}`).join(', ') || 'none'
}
