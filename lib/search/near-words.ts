const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const LENGTH_MIN = 4

/**
 * Every word that one slip of the fingers away could have been meant: two letters swapped, one left out, one too many, one
 * beside the right one. The likeliest kind first. Nothing for words so short that anything would be near.
 * Letters are those of the Latin alphabet and of the word itself.
 */
export function nearWords(word: string): string[] {
  const letters = [...word]
  if (letters.length < LENGTH_MIN) return []
  const alphabet = [...new Set([...LETTERS, ...letters])]
  const at = (index: number, gone: number, ...put: string[]) => [...letters.slice(0, index), ...put, ...letters.slice(index + gone)].join('')
  const places = letters.map((_, index) => index)
  const swapped = places.slice(1).map((index) => at(index - 1, 2, letters[index]!, letters[index - 1]!))
  const leftOut = [...places, letters.length].flatMap((index) => alphabet.map((letter) => at(index, 0, letter)))
  const tooMany = places.map((index) => at(index, 1))
  const beside = places.flatMap((index) => alphabet.map((letter) => at(index, 1, letter)))
  return [...new Set([...swapped, ...leftOut, ...tooMany, ...beside])].filter((near) => near !== word)
}
