const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** 1,000 bytes to the kB, as disks are sold. */
export function size(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  return `${(bytes / 1_000 ** step).toLocaleString('en', { maximumFractionDigits: step ? 1 : 0 })} ${UNITS[step]}`
}

export const whole = (count: number): string => count.toLocaleString('en', { maximumFractionDigits: 0 })

/** Seconds as the largest two units. */
export function span(seconds: number): string {
  const parts = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']] as const
  const at = parts.findIndex(([length]) => seconds >= length)
  if (at < 0) return '0 s'
  const [length, unit] = parts[at]!
  const rest = parts[at + 1] ? Math.floor((seconds % length) / parts[at + 1]![0]) : 0
  return `${Math.floor(seconds / length)} ${unit}${rest ? ` ${rest} ${parts[at + 1]![1]}` : ''}`
}

/** Green below 75 %, amber to 90 %, red above. */
export const gaugeTone = (part: number): 'success' | 'warning' | 'danger' => (part < 0.75 ? 'success' : part < 0.9 ? 'warning' : 'danger')
