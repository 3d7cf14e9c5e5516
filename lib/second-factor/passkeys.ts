import 'server-only'
import {
  type AuthenticationResponseJSON, generateAuthenticationOptions, generateRegistrationOptions, type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON, type RegistrationResponseJSON, verifyAuthenticationResponse, verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { env } from '@/lib/env'
import { ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import type { PersonScope } from '@/lib/platform/person'
import { consumeOneTimeToken, createOneTimeToken } from '@/lib/tokens/one-time-tokens'
import { v7 as uuidv7 } from '@/lib/uuid'
import { recordFactorChange } from './factor-events'
import { createRecoveryCodes, forgetRecoveryCodesWithoutFactor } from './recovery-codes'

const CHALLENGE_MINUTES = 5
const PASSKEYS_MAX = 20

const site = () => ({ origin: env().NEXTAUTH_URL.replace(/\/$/, ''), id: new URL(env().NEXTAUTH_URL).hostname })
type Transports = NonNullable<NonNullable<Parameters<typeof generateRegistrationOptions>[0]['excludeCredentials']>[number]['transports']>

export type PasskeyLine = { id: string; name: string; isBackedUp: boolean; createdAt: Date; lastUsedAt: Date | null }

export async function listPasskeys({ tx, userId }: PersonScope): Promise<PasskeyLine[]> {
  const rows = await tx.passkey.findMany({ where: { userId }, orderBy: { id: 'asc' } })
  return rows.map(({ id, name, isBackedUp, createdAt, lastUsedAt }) => ({ id, name, isBackedUp, createdAt, lastUsedAt }))
}

/** What the browser needs to make a passkey. The challenge is good once, for five minutes, for this person. */
export async function startPasskey({ tx, userId }: PersonScope): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId }, include: { passkeys: true } })
  if (user.passkeys.length >= PASSKEYS_MAX) throw new ConflictError(`You have ${PASSKEYS_MAX} passkeys. Remove one first.`, 'limit_reached')
  const options = await generateRegistrationOptions({
    rpName: 'Bulkhead', rpID: site().id, userName: user.email ?? user.name, userDisplayName: user.name, userID: new Uint8Array(Buffer.from(userId)), attestationType: 'none',
    excludeCredentials: user.passkeys.map(({ credentialId, transports }) => ({ id: base64url(credentialId), transports: transports as Transports })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
  await createOneTimeToken('passkey_add', CHALLENGE_MINUTES, { userId, secret: options.challenge }, tx)
  return options
}

/** Keeps the passkey that the browser made, and hands out recovery codes if there are none. @throws InvalidError */
export async function addPasskey(scope: PersonScope, input: { response: string; name: string }): Promise<{ recoveryCodes: string[] | null }> {
  const { tx, userId } = scope
  const response = parse<RegistrationResponseJSON>(input.response)
  const { origin, id } = site()
  const verified = await verifyRegistrationResponse({
    response, expectedOrigin: origin, expectedRPID: id, requireUserVerification: false,
    expectedChallenge: async (challenge) => (await consumeOneTimeToken('passkey_add', challenge, tx))?.userId === userId,
  }).catch(() => null)
  if (!verified?.verified || !verified.registrationInfo) throw new InvalidError('This passkey could not be checked. Try again.')
  const { credential, credentialBackedUp } = verified.registrationInfo
  await tx.passkey.createMany({
    data: [{
      id: uuidv7(), userId, credentialId: new Uint8Array(Buffer.from(credential.id, 'base64url')), publicKey: new Uint8Array(credential.publicKey), counter: credential.counter,
      transports: credential.transports ?? [], name: input.name, isBackedUp: credentialBackedUp,
    }],
  })
  await recordFactorChange(scope, 'passkey.added', `the passkey “${input.name}” was added`)
  const has = await tx.recoveryCode.count({ where: { userId, usedAt: null } })
  return { recoveryCodes: has > 0 ? null : await createRecoveryCodes(scope) }
}

export async function removePasskey(scope: PersonScope, id: string): Promise<void> {
  const { tx, userId } = scope
  const passkey = await tx.passkey.findFirst({ where: { id, userId } })
  if (!passkey) throw new NotFoundError()
  const [[password], identities, passkeys] = [await tx.$queryRaw<{ password_hash: string | null }[]>`SELECT * FROM kernel.my_password()`, await tx.userIdentity.count({ where: { userId } }), await tx.passkey.count({ where: { userId } })]
  if (!password?.password_hash && identities === 0 && passkeys === 1) throw new ConflictError('This is your only way to sign in. Set a password or connect a provider first.', 'last_way_in')
  await tx.passkey.delete({ where: { id } })
  await forgetRecoveryCodesWithoutFactor(scope)
  await recordFactorChange(scope, 'passkey.removed', `the passkey “${passkey.name}” was removed`)
}

/** What the browser needs to answer with a passkey: of this person, or at sign-in of whoever holds one for this site. */
export async function startPasskeyUse(scope: PersonScope | null): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const own = scope ? await scope.tx.passkey.findMany({ where: { userId: scope.userId } }) : []
  const options = await generateAuthenticationOptions({
    rpID: site().id, userVerification: scope ? 'preferred' : 'required',
    allowCredentials: own.map(({ credentialId, transports }) => ({ id: base64url(credentialId), transports: transports as Transports })),
  })
  await createOneTimeToken('passkey_use', CHALLENGE_MINUTES, { userId: scope?.userId, secret: options.challenge }, scope?.tx)
  return options
}

/**
 * Whether an answer is by one of the person's passkeys to a challenge of ours. `isSignIn`: the challenge was for anybody, and
 * the device must have checked who holds it, since the passkey stands for both factors then.
 */
export async function takePasskey(scope: PersonScope, answer: string, { isSignIn = false } = {}): Promise<boolean> {
  const { tx, userId } = scope
  const response = parse<AuthenticationResponseJSON>(answer)
  const passkey = await tx.passkey.findFirst({ where: { userId, credentialId: credentialIdOf(response) } })
  if (!passkey) return false
  const { origin, id } = site()
  const verified = await verifyAuthenticationResponse({
    response, expectedOrigin: origin, expectedRPID: id, requireUserVerification: isSignIn,
    expectedChallenge: async (challenge) => {
      const asked = await consumeOneTimeToken('passkey_use', challenge, tx)
      return asked !== null && asked.userId === (isSignIn ? null : userId)
    },
    credential: { id: base64url(passkey.credentialId), publicKey: passkey.publicKey, counter: Number(passkey.counter), transports: passkey.transports as Transports },
  }).catch(() => null)
  if (!verified?.verified) return false
  await tx.passkey.update({ where: { id: passkey.id }, data: { counter: verified.authenticationInfo.newCounter, lastUsedAt: new Date() } })
  return true
}

export function credentialIdOf(response: { id?: unknown }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(typeof response.id === 'string' ? response.id : '', 'base64url'))
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** What the browser's authenticator said, as JSON. @throws InvalidError */
export function parse<T>(text: string): T {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as T
  } catch {
    // Said below.
  }
  throw new InvalidError('This passkey could not be checked. Try again.')
}
