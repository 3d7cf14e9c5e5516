const STOP_WORDS = new Set('a an and are as at be by for from has he in is it its of on or that the this to was were will with'.split(' '))

/**
 * Words as the search index stores them: NFKD without marks, lower-case, split at anything but letters and digits,
 * 2 to 32 characters, without the stop list, stemmed lightly.
 */
export function tokenize(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    // Counted in characters, as the database counts them, not in halves of surrogate pairs.
    .map((word) => [...word].slice(0, 32).join(''))
    .filter((word) => [...word].length >= 2 && !STOP_WORDS.has(word))
    .map(stem)
}

function stem(word: string): string {
  let result = word
  if (result.length > 4 && result.endsWith('ies')) result = `${result.slice(0, -3)}y`
  else if (result.length > 3 && result.endsWith('s') && !/(ss|us|is)$/.test(result)) result = result.slice(0, -1)
  const bare = result.replace(/(ing|ed)$/, '')
  return bare.length >= 4 ? bare : result
}

export const WEIGHTS = { title: 4, label: 3, body: 1 }

/** Token → weight of one record. */
export function weighTokens(parts: { title: string; labels?: string[]; body?: string }): Map<string, number> {
  const weights = new Map<string, number>()
  const add = (text: string, weight: number) => {
    for (const token of new Set(tokenize(text))) weights.set(token, (weights.get(token) ?? 0) + weight)
  }
  add(parts.title, WEIGHTS.title)
  for (const label of parts.labels ?? []) add(label, WEIGHTS.label)
  add(parts.body ?? '', WEIGHTS.body)
  return weights
}
