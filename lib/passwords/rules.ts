// What a password must be; the same in the browser, in forms and in the API.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

export const PASSWORD_MIN = 15
/** For people who have a second factor. */
export const PASSWORD_MIN_WITH_FACTOR = 8
export const PASSWORD_LIMIT = 200
/** Shorter parts of names are in many good passwords by chance. */
const CONTEXT_MIN = 4
/** Below this it takes fewer than a million guesses (zxcvbn: 10^6). */
const SCORE_MIN = 2
/** What is looked at for patterns: longer passwords are not weaker for what follows, and 100 characters of repetition hold the process up for most of a second. */
const LOOKED_AT = 32

export type PasswordContext = { email?: string; name?: string; organization?: string; hasSecondFactor?: boolean }
export type PasswordRule = { key: 'length' | 'context' | 'guess'; label: string; isMet: boolean }
/** `score` from 0 (guessed at once) to 4 (not in a lifetime). */
export type PasswordCheck = { rules: PasswordRule[]; score: 0 | 1 | 2 | 3 | 4 }

let loading: Promise<ZxcvbnFactory> | undefined

// Some 250 kB of words that people use: loaded when somebody sets a password, not with the page.
async function loadGuesser(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')])
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
}

/** The rules and whether each is met, in the order of the checklist. Characters are counted as people see them. */
export async function checkPassword(password: string, context: PasswordContext = {}): Promise<PasswordCheck> {
  const guesser = await (loading ??= loadGuesser())
  const text = password.normalize('NFC')
  const lower = text.toLowerCase()
  const length = [...text].length
  const min = context.hasSecondFactor ? PASSWORD_MIN_WITH_FACTOR : PASSWORD_MIN
  const words = wordsOf(context)
  // A name inside a long phrase is no weakness; a password that is little more than a name is one.
  const isNamed = words.some((word) => lower.includes(word) && length - [...word].length < PASSWORD_MIN_WITH_FACTOR)
  const { score } = guesser.check(text.slice(0, LOOKED_AT), words)
  return {
    score: length === 0 ? 0 : score,
    rules: [
      { key: 'length', label: length > PASSWORD_LIMIT ? `${PASSWORD_LIMIT} characters at most` : `${min} characters or more`, isMet: length >= min && length <= PASSWORD_LIMIT },
      { key: 'context', label: 'More than your name, e-mail address or organization', isMet: length > 0 && !isNamed },
      { key: 'guess', label: 'Not one that many people use, no keyboard row, no repetition', isMet: length > 0 && score >= SCORE_MIN },
    ],
  }
}

/** The first rule that is broken, as a sentence; null when the password is good. */
export async function passwordProblem(password: string, context: PasswordContext = {}): Promise<string | null> {
  const broken = (await checkPassword(password, context)).rules.find(({ isMet }) => !isMet)
  if (!broken) return null
  const min = context.hasSecondFactor ? PASSWORD_MIN_WITH_FACTOR : PASSWORD_MIN
  if (broken.key === 'length') return [...password].length < min ? `Use at least ${min} characters: four or five words are easy to remember.` : `Use ${PASSWORD_LIMIT} characters at most.`
  if (broken.key === 'context') return 'Use more than your name, e-mail address or organization.'
  return 'This is one of the first things that would be tried. Use several words that have nothing to do with each other.'
}

function wordsOf({ email = '', name = '', organization = '' }: PasswordContext): string[] {
  const parts = [email, ...email.split(/[@.+_-]/), name, ...name.split(/\s+/), organization, ...organization.split(/\s+/), 'bulkhead']
  return [...new Set(parts.map((part) => part.normalize('NFC').toLowerCase()).filter((part) => [...part].length >= CONTEXT_MIN))]
}
