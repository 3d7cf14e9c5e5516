/** An instant in words, in the reader's zone, else in UTC. */
export function deliveryOf(at: string, timezone: string | null): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: timezone ?? 'UTC' }).format(new Date(at)) + (timezone ? '' : ' UTC')
}
