// No imports of the product: the HTTP server (scripts/serve.ts) loads this without a bundler.

const GONE = '[secret]'
const NAMES = /pass(word|phrase)?$|secret|token|authorization|cookie|credential|api_?key|key_?hash|private_?key|otp|recovery/i
// Of settings: the words that a person chose or was given, and the passwords inside addresses.
const SETTINGS = /(SECRET|PASSWORD|TOKEN|_KEY|KEY_ID)(_PREVIOUS)?$/
const SHORTEST = 8

// What may be looked for from every letter on has a longest: somebody else's text makes no line that takes seconds.
const PATTERNS: [RegExp, string][] = [
  [/([a-z][a-z\d+.-]{0,30}:\/\/[^\s:/@]{0,200}:)[^\s@]{1,500}@/gi, `$1${GONE}@`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${GONE}`],
  [/\bbh_[\w-]{8,}/g, GONE],
  [/\beyJ[\w-]{5,1000}\.[\w-]*(\.[\w-]*){0,3}/g, GONE],
  [/\$(argon2\w*|2[aby])\$[^\s'"]+/g, GONE],
  [/((?:__Host-)?bulkhead\.session=)[^\s;]+/g, `$1${GONE}`],
  // Links that let in whoever holds them.
  [/\/(sign-up|reset-password|verify|invitations)\/[\w.-]{20,}/g, `/$1/${GONE}`],
  [/\b((?:code|token|secret|password|state|client_secret|refresh_token|access_token)=)[^\s&"']+/gi, `$1${GONE}`],
]

let known: { of: string; values: string[] } | undefined

// Read again when a setting changes: tests change them, a server never does.
function secretSettings(): string[] {
  const found = Object.entries(process.env).flatMap(([name, value = '']) => (SETTINGS.test(name) ? [value] : URL.canParse(value) ? [decodeSafely(new URL(value).password)] : [])).filter((value) => value.length >= SHORTEST)
  const of = found.join('\0')
  if (known?.of !== of) known = { of, values: [...new Set(found)].toSorted((a, b) => b.length - a.length) }
  return known.values
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A text for the log: without what settings keep secret, and without what looks like a password, key, token or link that lets in. */
export function redact(text: string): string {
  let shown = text
  for (const secret of secretSettings()) shown = shown.replaceAll(secret, GONE)
  for (const [pattern, by] of PATTERNS) shown = shown.replace(pattern, by)
  return shown
}

const DEPTH_MAX = 5

/** The same for whatever a line of the log holds; what stands under a name of a secret goes altogether. */
export function redactAll(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value
  if (value instanceof Error) return redact(value.stack ?? value.message)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH_MAX) return '…'
  if (Array.isArray(value)) return value.map((one) => redactAll(one, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, NAMES.test(name) && one !== null && one !== undefined ? GONE : redactAll(one, depth + 1)]))
}
