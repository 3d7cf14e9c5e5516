export type Row = { what: string; figure: string; goal?: string; met?: boolean; detail?: string }

export const median = (values: number[]) => quantile(values, 0.5)
export function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const ms = (value: number) => `${value.toFixed(2)} ms`

/** A ratio of two medians, with both of them beside it. */
export function ratioRow(what: string, [ours, theirs]: [number[], number[]], goal?: number): Row {
  const ratio = median(ours) / median(theirs)
  return { what, figure: `× ${ratio.toFixed(2)}`, detail: `${ms(median(ours))} against ${ms(median(theirs))}`, ...(goal ? { goal: `≤ ${goal.toFixed(2)}`, met: ratio <= goal } : {}) }
}

export function printTable(rows: Row[]) {
  const cells = rows.map(({ what, figure, goal = '', met, detail = '' }) => [what, figure, goal && `${goal} ${met ? 'met' : 'missed'}`, detail])
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]!.length)))
  for (const row of cells) console.log(row.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell)).join('  ').trimEnd())
}
