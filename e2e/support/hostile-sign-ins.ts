import type { ServerResponse } from 'node:http'
import { CLIENT } from './identity-provider'
import { json, raw, type Tools, type Twist } from './hostile-provider'

type Json = Record<string, unknown>
export type HostileSignIn = [what: string, twist: Twist]

const claims = (bent: Json | ((honest: Json) => Json)): Twist => ({ claims: (honest) => ({ ...honest, ...(typeof bent === 'function' ? bent(honest) : bent) }) })
const without = (...names: string[]): Twist => ({ claims: (honest) => Object.fromEntries(Object.entries(honest).filter(([name]) => !names.includes(name))) })
const token = (make: (claims: Json, tools: Tools) => Promise<string> | string): Twist => ({ token: make })
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = () => Math.floor(Date.now() / 1_000)
const secret = new TextEncoder().encode(CLIENT.OIDC_CLIENT_SECRET)

/** Bytes that never end, a few at a time or as fast as they are taken. */
function flood(piece: string, everyMs: number) {
  return (response: ServerResponse) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    const timer = setInterval(() => response.write(piece), everyMs)
    response.once('close', () => clearInterval(timer))
  }
}

const TOKENS: HostileSignIn[] = [
  ['alg none, no signature', token((body) => `${part({ alg: 'none' })}.${part(body)}.`)],
  ['alg none in capitals', token((body) => `${part({ alg: 'NONE', kid: 'mine' })}.${part(body)}.x`)],
  ['HS256 with the client secret', token((body, { sign }) => sign(body, { alg: 'HS256' }, secret))],
  ['HS256 with the public key as a secret', token((body, { sign, otherPublic }) => sign(body, { alg: 'HS256' }, new TextEncoder().encode(JSON.stringify(otherPublic))))],
  ['another key under a known name', token((body, { sign, otherKey }) => sign(body, {}, otherKey))],
  ['another key that the token brings along', token((body, { sign, otherKey, otherPublic }) => sign(body, { jwk: otherPublic, kid: undefined }, otherKey))],
  ['another key at an address that the token names', token((body, { sign, otherKey }) => sign(body, { jku: 'https://evil.example/keys', kid: 'other' }, otherKey))],
  ['a key that nobody knows', token((body, { sign }) => sign(body, { kid: 'unknown' }))],
  ['no name of a key, and another key', token((body, { sign, otherKey }) => sign(body, { kid: undefined }, otherKey))],
  ['content changed after signing', token(async (body, { sign }) => { const [head, , end] = (await sign({ ...body, sub: 'before' })).split('.'); return `${head}.${part(body)}.${end}` })],
  ['no signature', token(async (body, { sign }) => (await sign(body)).replace(/\.[^.]+$/, '.'))],
  ['a signature cut short', token(async (body, { sign }) => (await sign(body)).slice(0, -8))],
  ['two parts', token((body) => `${part({ alg: 'RS256' })}.${part(body)}`)],
  ['no token at all', { tokenBody: (body) => ({ ...body, id_token: undefined }) }],
  ['a token that is a number', { tokenBody: (body) => ({ ...body, id_token: 7 }) }],
  ['a token of letters', { tokenBody: (body) => ({ ...body, id_token: 'abc' }) }],
  ['an encrypted-looking token', { tokenBody: (body) => ({ ...body, id_token: 'a.b.c.d.e' }) }],
]

const CLAIMS: HostileSignIn[] = [
  ['another issuer', claims({ iss: 'https://accounts.google.com' })],
  ['the issuer with a slash more', claims((honest) => ({ iss: `${String(honest.iss)}/x` }))],
  ['no issuer', without('iss')],
  ['an issuer that is a list', claims((honest) => ({ iss: [honest.iss] }))],
  ['for another application', claims({ aud: 'somebody-else' })],
  ['for nobody', without('aud')],
  ['for several, and the one meant is another', claims((honest) => ({ aud: [honest.aud, 'somebody-else'], azp: 'somebody-else' }))],
  ['for several, without saying who is meant', claims((honest) => ({ aud: [honest.aud, 'somebody-else'] }))],
  ['meant for another', claims({ azp: 'somebody-else' })],
  ['expired', claims({ iat: now() - 900, exp: now() - 600 })],
  ['without an end', without('exp')],
  ['an end that is no number', claims({ exp: 'tomorrow' })],
  ['issued in the future', claims({ iat: now() + 3_600, exp: now() + 7_200 })],
  ['not yet good', claims({ nbf: now() + 3_600 })],
  ['without a time', without('iat')],
  ['another nonce', claims({ nonce: 'wrong' })],
  ['no nonce', without('nonce')],
  ['an empty nonce', claims({ nonce: '' })],
  ['no subject', { ...without('sub'), userinfo: {} }],
  ['an empty subject', claims({ sub: '' })],
  ['a subject that is a number', claims({ sub: 7 })],
  ['a subject that is an object', claims({ sub: { a: 1 } })],
  ['a subject of ten thousand letters', { ...claims({ sub: 'x'.repeat(10_000) }), userinfo: { sub: 'x'.repeat(10_000) } }],
  ['a subject with a null byte', { ...claims({ sub: 'a\0b' }), userinfo: { sub: 'a\0b' } }],
  ['a subject with a line break', { ...claims({ sub: 'a\r\nb' }), userinfo: { sub: 'a\r\nb' } }],
]

const ADDRESSES = (domain: string): HostileSignIn[] => [
  ['an address without a word on its being verified', without('email_verified')],
  ...(['true', 'false', 'yes', 1, 0, false, null, {}, [true]] as const).map((value): HostileSignIn => [`verified: ${JSON.stringify(value)}`, claims({ email_verified: value })]),
  ['no address', without('email', 'email_verified')],
  ['an address that the userinfo alone calls verified, of another one', { ...without('email_verified'), userinfo: { email: 'other@elsewhere.invalid', email_verified: true } }],
  ...([[`a@${domain}`], { address: `a@${domain}` }, 7, true, '', ' ', '@', `@${domain}`, 'nobody', `a@@${domain}`, `a@elsewhere.invalid@${domain}`, `a@elsewhere.invalid, b@${domain}`, `a@elsewhere.invalid;b@${domain}`,
    `a@${domain}\r\nBcc: x@elsewhere.invalid`, `a@elsewhere.invalid\n@${domain}`, `a@${domain}\n`, `\ta@${domain}`, ` a@${domain}`, `a\0@${domain}`, `"a@elsewhere.invalid"@${domain}`, `a(comment)@${domain}`, `<a@${domain}>`, `Nora <a@${domain}>`,
    `a@${domain}.`, `a@.${domain}`, `a@sub.${domain}`, `a@x${domain}`, `a@${domain}.evil.example`, `a@${domain}@evil.example`, `a+x@${domain}.evil.example`, `a@${domain.replace('.', '-')}`, `${domain}@evil.example`, `a%40${domain}@evil.example`,
    `a@${domain}%00.evil.example`, `a@${domain}/evil.example`, `a@[${domain}]`, `a@${domain.replace('e', '\u0435')}`, `a@${domain.replace('l', '\u217c')}`, `a@${domain.replace('i', '\u0131')}`, `a@${domain.replace('k', '\u212a')}`,
    `a@${Array.from(domain, (letter) => (/[a-z]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter)).join('')}`, `a@${domain.replace('.', '\u3002')}`, `a@${domain.replace('.', '\uff0e')}`, `a@${domain}\u200b`, `a@\u200b${domain}`, `a@${domain}\u0000`,
    `\u212aim@elsewhere.invalid`, `${'a'.repeat(65)}@${domain}`, `a@${'b'.repeat(320)}.${domain}`] as const).map((email): HostileSignIn => [`the address ${JSON.stringify(email).slice(0, 80)}`, claims({ email })]),
  ['a listed address written with the Kelvin sign', claims({ email: '\u212aim.listed@kelvin.example' })],
]

const ANSWERS: HostileSignIn[] = [
  ['token endpoint: an error', { tokenAnswer: json({ error: 'invalid_client' }, 401) }],
  ['token endpoint: an error with markup', { tokenAnswer: json({ error: '<script>alert(1)</script>', error_description: 'https://evil.example' }, 400) }],
  ['token endpoint: HTML', { tokenAnswer: raw('<html>') }],
  ['token endpoint: 500', { tokenAnswer: raw('oops', 500) }],
  ['token endpoint: nothing', { tokenAnswer: raw('', 200) }],
  ['token endpoint: null', { tokenAnswer: json(null) }],
  ['token endpoint: a list', { tokenAnswer: json([]) }],
  ['token endpoint: text', { tokenAnswer: json('token') }],
  ['token endpoint: a redirect', { tokenAnswer: raw('', 302, { Location: 'https://evil.example/' }) }],
  ['token endpoint: a hundred megabytes', { tokenAnswer: flood('x'.repeat(262_144), 1) }],
  ['token endpoint: a byte at a time', { tokenAnswer: flood(' ', 200) }],
  ['token endpoint: silence', { tokenAnswer: () => undefined }],
  ['token endpoint: hangs up', { tokenAnswer: (response) => void response.socket!.destroy() }],
  ['userinfo: another subject', { userinfo: { sub: 'somebody-else' } }],
  ['userinfo: no JSON', { userinfoAnswer: raw('not json') }],
  ['userinfo: 500', { userinfoAnswer: raw('', 500) }],
  ['userinfo: without a subject, of another address', { ...without('email', 'email_verified'), userinfoAnswer: json({ email: 'a@elsewhere.invalid', email_verified: true }) }],
  ['userinfo: a redirect', { userinfoAnswer: raw('', 302, { Location: 'http://127.0.0.1:1/' }) }],
  ['keys: none', { keysAnswer: json({ keys: [] }) }],
  ['keys: no JSON', { keysAnswer: raw('<html>') }],
  ['keys: 500', { keysAnswer: raw('', 500) }],
  ['keys: null', { keysAnswer: json({ keys: null }) }],
]

/** How the browser comes back. */
const RETURNS: HostileSignIn[] = [
  ['another state', { redirect: (back) => (back.set('state', 'wrong'), back) }],
  ['no state', { redirect: (back) => (back.delete('state'), back) }],
  ['two states', { redirect: (back) => (back.append('state', 'second'), back) }],
  ['no code', { redirect: (back) => (back.delete('code'), back) }],
  ['another code', { redirect: (back) => (back.set('code', 'guessed'), back) }],
  ['a code of ten thousand letters', { redirect: (back) => (back.set('code', 'x'.repeat(10_000)), back) }],
  ['an error', { redirect: () => new URLSearchParams({ error: 'access_denied', error_description: '<b>no</b>' }) }],
  ['an error that is markup', { redirect: () => new URLSearchParams({ error: '"><script>alert(1)</script>' }) }],
  ['an error with a line break', { redirect: () => new URLSearchParams({ error: 'a\r\nSet-Cookie: x=y' }) }],
  ['an error beside a good code', { redirect: (back) => (back.set('error', 'server_error'), back) }],
  ['tokens in the address instead of a code', { redirect: (back) => new URLSearchParams({ id_token: `${part({ alg: 'none' })}.${part({ sub: 'x' })}.`, access_token: 'x', token_type: 'Bearer', state: back.get('state')! }) }],
  ['another issuer named in the address', { redirect: (back) => (back.set('iss', 'https://evil.example'), back) }],
  ['a packed answer', { redirect: (back) => new URLSearchParams({ response: `${part({ alg: 'none' })}.${part(Object.fromEntries(back))}.`, state: back.get('state')! }) }],
]

/** Discovery, asked at the moment of the return: what was said before the browser went is not kept. */
const DISCOVERIES: HostileSignIn[] = [
  ['discovery names another issuer, and so does the token', { discovery: (honest) => ({ ...honest, issuer: 'https://accounts.google.com' }), claims: (honest) => ({ ...honest, iss: 'https://accounts.google.com' }) }],
  ['discovery names another issuer', { discovery: (honest) => ({ ...honest, issuer: 'https://accounts.google.com' }) }],
  ['discovery allows alg none', { discovery: (honest) => ({ ...honest, id_token_signing_alg_values_supported: ['none', 'HS256'] }), token: (body) => `${part({ alg: 'none' })}.${part(body)}.` }],
  ['discovery without keys', { discovery: (honest) => ({ ...honest, jwks_uri: undefined }) }],
  ['discovery without a token endpoint', { discovery: (honest) => ({ ...honest, token_endpoint: undefined }) }],
  ['discovery leads into this machine', { discovery: (honest) => ({ ...honest, token_endpoint: 'http://127.0.0.1:1/token' }) }],
  ['discovery leads to a file', { discovery: (honest) => ({ ...honest, token_endpoint: 'file:///etc/passwd' }) }],
  ['discovery: null', { discoveryAnswer: json(null) }],
  ['discovery: HTML', { discoveryAnswer: raw('<html>') }],
  ['discovery: 500', { discoveryAnswer: raw('', 500) }],
  ['discovery: a byte at a time', { discoveryAnswer: flood(' ', 200) }],
]

export const hostileSignIns = (domain: string): { atTheProvider: HostileSignIn[]; atTheReturn: HostileSignIn[]; discoveries: HostileSignIn[] } => ({
  atTheProvider: [...TOKENS, ...CLAIMS, ...ADDRESSES(domain), ...ANSWERS],
  atTheReturn: RETURNS,
  discoveries: DISCOVERIES,
})
