import { randomInt } from 'node:crypto'

// Read aloud and typed by hand: no letter or digit looks like another. 31^9 is 26,439,622,160,671.
const CODE_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 9
const SLUG_MAX = 40
const SLUG_MIN = 3
const COLOURS = ['#1d4ed8', '#be185d', '#c2410c', '#0f766e', '#15803d', '#6d28d9', '#b45309', '#0369a1', '#475569']

/** Words of the application's own addresses, which no organization may take. */
const RESERVED = new Set([
  'account', 'admin', 'api', 'archives', 'auth', 'avatars', 'forgot-password', 'help', 'icon', 'invitations', 'join', 'mailbox', 'new', 'new-password', 'organizations',
  'prove', 'public', 'reset-password', 'second-factor', 'settings', 'sign-in', 'sign-up', 'static', 'verify', 'welcome',
])

export const isReserved = (slug: string) => RESERVED.has(slug)
export const makeCode = () => Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
export const anyColour = () => COLOURS[randomInt(COLOURS.length)]!

/** The n-th wish for an address: `fern-forge`, `fern-forge-2`, … Later ones are random, so that guessing stays cheap. */
export function slugOf(name: string, n: number): string {
  const base = name.normalize('NFKD').replace(/[\p{M}'’]+/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'organization'
  const padded = base.length < SLUG_MIN || RESERVED.has(base) ? `${base}-team` : base
  const mark = n === 1 ? '' : n <= 5 ? `-${n}` : `-${randomInt(1_000_000)}`
  return `${padded.slice(0, SLUG_MAX - mark.length).replace(/-+$/, '')}${mark}`
}
