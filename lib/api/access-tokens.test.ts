import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { base64url, EncryptJWT, SignJWT } from 'jose'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { env } from '@/lib/env'
import { findPerson } from '@/lib/platform/directory'
import { withPerson } from '@/lib/platform/person'
import { openSession } from '@/lib/sessions/sessions'
import { closeConnections } from '@/lib/testing/connections'
import { makePerson } from '@/lib/testing/make-person'
import { seeded } from '@/lib/testing/seeded'
import { withEnv } from '@/lib/testing/with-env'
import { v7 as uuidv7 } from '@/lib/uuid'
import { NO_VISITOR } from '@/lib/visitors/visitor'
import { describeMe } from './api-sessions'
import { readAccessToken, signAccessToken } from './access-tokens'

let userId: string
let sid: string
let webSid: string
let genuine: string
beforeAll(async () => {
  userId = (await makePerson()).id
  const session = (kind: 'web' | 'api') => withPerson(userId, NO_VISITOR, (scope) => openSession(scope, { method: 'password', kind, needsFactor: false }))
  sid = (await session('api')).token
  webSid = (await session('web')).token
  genuine = await signAccessToken(userId, sid)
})
afterAll(closeConnections)

/** Whether a token opens the API: the way every route asks. */
const opens = async (token: string) => {
  const session = await readAccessToken(token)
  return session !== null && (await findPerson(session, 'api')) !== null
}

const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, '', 'bulkhead access token', 32))
const kidOf = (key: Uint8Array) => createHash('sha256').update(key).digest('hex').slice(0, 16)
const now = () => Math.floor(Date.now() / 1_000)
type Parts = { header?: Record<string, unknown>; claims?: Record<string, unknown>; key?: Uint8Array }

/** A token as ours are, but for what is said. Without a change it is one of ours, which the positive control proves. */
async function forge({ header = {}, claims = {}, key = keyOf(env().NEXTAUTH_SECRET) }: Parts): Promise<string> {
  const base = { iss: env().NEXTAUTH_URL, aud: `${env().NEXTAUTH_URL}/api/v1`, sub: userId, sid, iat: now(), exp: now() + 900 }
  const payload = Object.fromEntries(Object.entries({ ...base, ...claims }).filter(([, value]) => value !== undefined))
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: kidOf(keyOf(env().NEXTAUTH_SECRET)), ...header } as never).sign(key)
}
const unsigned = (header: object, claims: object, signature = '') => `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(claims))}.${signature}`

test('a genuine token opens the API, and one made here like it does too', async () => {
  expect(await opens(genuine)).toBe(true)
  expect(await opens(await forge({}))).toBe(true)
  expect(await describeMe(await readAccessToken(genuine))).toMatchObject({ id: userId })
})

test('it carries the session and no right, and lasts a quarter of an hour', () => {
  const claims = JSON.parse(Buffer.from(genuine.split('.')[1]!, 'base64url').toString()) as Record<string, number>
  expect(Object.keys(claims).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub'])
  expect(claims.exp! - claims.iat!).toBe(900)
})

test('120 forged tokens and more are refused', async () => {
  const [header, body, signature] = genuine.split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const kid = kidOf(keyOf(env().NEXTAUTH_SECRET))
  const wrongKey = new Uint8Array(randomBytes(32))
  const { privateKey } = await crypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['sign', 'verify'])
  const encryptionKey = new Uint8Array(hkdfSync('sha256', env().NEXTAUTH_SECRET, '', 'NextAuth.js Generated Encryption Key', 32))
  const forged: [name: string, token: string][] = []
  const add = async (name: string, token: string | Promise<string>) => void forged.push([name, await token])

  for (const alg of ['none', 'None', 'NONE', 'nOnE', '', 'HS1', 'HS256 ']) for (const end of ['', signature]) await add(`alg ${alg} with ${end ? 'a' : 'no'} signature`, unsigned({ alg, typ: 'at+jwt', kid }, claims, end))
  for (const alg of ['HS384', 'HS512']) await add(`alg ${alg}`, forge({ header: { alg }, key: new Uint8Array(hkdfSync('sha256', env().NEXTAUTH_SECRET, '', 'bulkhead access token', 64)) }))
  for (const alg of ['HS384', 'HS512']) await add(`said to be ${alg}`, unsigned({ alg, typ: 'at+jwt', kid }, claims, signature))
  await add('alg RS256', new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid }).sign(privateKey))
  for (const alg of ['RS256', 'ES256', 'PS256', 'EdDSA']) await add(`said to be ${alg}`, unsigned({ alg, typ: 'at+jwt', kid }, claims, signature))
  for (const [name, secret] of Object.entries({ random: wrongKey, 'the secret itself': new TextEncoder().encode(env().NEXTAUTH_SECRET), empty: new Uint8Array(32), 'the key of cookies': encryptionKey })) {
    await add(`key: ${name}`, forge({ key: secret }))
    await add(`key: ${name}, by its own id`, forge({ key: secret, header: { kid: kidOf(secret) } }))
  }
  for (const wrong of [undefined, '', 'x', kid.toUpperCase(), `${kid} `, '../../dev/null', 0, null, [kid]]) await add(`kid ${JSON.stringify(wrong)}`, forge({ header: { kid: wrong } }).catch(() => unsigned({ alg: 'HS256', typ: 'at+jwt', kid: wrong }, claims, signature)))
  for (const typ of [undefined, 'JWT', 'jwt', 'refresh+jwt', 'id+jwt', '']) await add(`typ ${typ}`, forge({ header: { typ } }))
  await add('an own key in the header', forge({ key: wrongKey, header: { jwk: { kty: 'oct', k: base64url.encode(wrongKey) } } }))
  await add('a key by address', forge({ key: wrongKey, header: { jku: 'https://hostile.test/keys', x5u: 'https://hostile.test/cert' } }))
  await add('an unknown critical header', unsigned({ alg: 'HS256', typ: 'at+jwt', kid, crit: ['x'], x: 1 }, claims, signature))
  for (const iss of [undefined, '', 'https://hostile.test', `${env().NEXTAUTH_URL}/`, `${env().NEXTAUTH_URL}.hostile.test`, [env().NEXTAUTH_URL], 7]) await add(`iss ${JSON.stringify(iss)}`, forge({ claims: { iss } }))
  for (const aud of [undefined, '', env().NEXTAUTH_URL, 'https://hostile.test/api/v1', `${env().NEXTAUTH_URL}/api/v2`, [], ['x'], 7]) await add(`aud ${JSON.stringify(aud)}`, forge({ claims: { aud } }))
  for (const exp of [undefined, now() - 1, now() - 900, 0, -1, 'tomorrow', null, {}]) await add(`exp ${JSON.stringify(exp)}`, forge({ claims: { exp } }))
  for (const iat of [undefined, now() + 60, now() + 86_400, now() - 901, now() - 86_400, 0, 'now', null]) await add(`iat ${JSON.stringify(iat)}, good for years`, forge({ claims: { iat, exp: now() + 1e8 } }))
  for (const nbf of [now() + 60, now() + 86_400, 'x']) await add(`nbf ${nbf}`, forge({ claims: { nbf } }))
  for (const value of [undefined, null, '', 0, 42, true, {}, [], [sid]]) await add(`sid ${JSON.stringify(value)}`, forge({ claims: { sid: value } }))
  for (const [name, value] of Object.entries({ 'a web session': webSid, 'a session’s id': uuidv7(), 'a person’s id': userId, 'nobody’s': randomBytes(32).toString('base64url'), 'one sign off': `${sid.slice(0, -2)}AA`, 'upper case': sid.toUpperCase() })) await add(`sid of ${name}`, forge({ claims: { sid: value } }))
  for (const [name, change] of Object.entries({ 'another person': { sub: uuidv7() }, 'a longer life': { exp: now() + 1e8 }, 'another session': { sid: webSid }, 'a role': { role: 'owner' } })) await add(`changed to ${name}, same signature`, `${header}.${base64url.encode(JSON.stringify({ ...claims, ...change }))}.${signature}`)
  await add('no person, signed with our key', forge({ claims: { sub: undefined } }))
  await add('the cookie of the browser', encode({ token: { sid }, secret: env().NEXTAUTH_SECRET }))
  await add('an encrypted token', new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(encryptionKey))
  await add('the session token itself', sid)
  const random = seeded(7)
  for (let at = 0; at < 20; at++) await add(`cut at ${at}`, genuine.slice(0, Math.floor(random() * genuine.length)))
  for (let at = 0; at < 20; at++) {
    const place = Math.floor(random() * (genuine.length - 2))
    await add(`sign ${place} changed`, genuine.slice(0, place) + (genuine[place] === 'A' ? 'B' : 'A') + genuine.slice(place + 1))
  }
  for (const odd of ['', '.', '..', '...', `${header}..${signature}`, `.${body}.${signature}`, `${genuine}.x`, ` ${genuine}`, genuine.replaceAll('.', ','), 'null', '{}']) await add(`form ${odd.slice(0, 12)}`, odd)

  const let_in = []
  for (const [name, token] of forged) if (await opens(token)) let_in.push(name)
  console.info(`forged access tokens: ${forged.length} tried, ${let_in.length} let in`)
  expect(let_in).toEqual([])
  expect(forged.length).toBeGreaterThanOrEqual(120)
})

test('the previous secret’s tokens are good while it is set, and new ones are signed with the present one', async () => {
  const next = 'b'.repeat(40)
  await withEnv({ NEXTAUTH_SECRET: next, NEXTAUTH_SECRET_PREVIOUS: env().NEXTAUTH_SECRET }, async () => {
    expect(await opens(genuine)).toBe(true)
    expect(JSON.parse(Buffer.from((await signAccessToken(userId, sid)).split('.')[0]!, 'base64url').toString())).toMatchObject({ kid: kidOf(keyOf(next)) })
  })
  await withEnv({ NEXTAUTH_SECRET: next }, async () => expect(await opens(genuine)).toBe(false))
})
