/** Lower-case, trimmed, inner spaces collapsed: how names are compared and stored in `_lc` columns. */
export function toLookup(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
}
