import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'
import { env } from '@/lib/env'

type Site = { origin?: string; rpId?: string; verifiesUser?: boolean; challenge?: string; counter?: number; type?: string }
const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest()
const url64 = (data: Uint8Array | string) => Buffer.from(data as string).toString('base64url')
const [PRESENT, VERIFIED, HAS_KEY] = [0x01, 0x04, 0x40]

export type Authenticator = ReturnType<typeof makeAuthenticator>

/** An authenticator in software: one ES256 key, attestation "none". What it is told to get wrong it gets wrong. */
export function makeAuthenticator() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  const coordinate = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
  const coseKey = isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, coordinate(x!)], [-3, coordinate(y!)]]))
  const id = randomBytes(32)
  let counter = 0

  const site = () => ({ origin: env().NEXTAUTH_URL.replace(/\/$/, ''), rpId: new URL(env().NEXTAUTH_URL).hostname })
  const clientData = (type: string, challenge: string, origin: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  function authenticatorData(rpId: string, flags: number, count: number): Buffer {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(count, 1)
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    return Buffer.concat([sha256(rpId), head, ...(flags & HAS_KEY ? [Buffer.alloc(16), length, id, coseKey] : [])])
  }

  return {
    id: url64(id),
    /** What the browser sends after making a passkey. */
    register(options: { challenge: string }, { origin = site().origin, rpId = site().rpId, verifiesUser = true, challenge = options.challenge, type = 'webauthn.create' }: Site = {}): string {
      const authData = new Uint8Array(authenticatorData(rpId, PRESENT | HAS_KEY | (verifiesUser ? VERIFIED : 0), counter))
      const attestationObject = isoCBOR.encode(new Map<string, unknown>([['fmt', 'none'], ['attStmt', new Map()], ['authData', authData]]) as never)
      return JSON.stringify({
        id: url64(id), rawId: url64(id), type: 'public-key', clientExtensionResults: {},
        response: { clientDataJSON: url64(clientData(type, challenge, origin)), attestationObject: url64(attestationObject), transports: ['internal'] },
      })
    },
    /** What the browser sends to prove that its person holds the passkey. Each use counts one up unless another count is given. */
    answer(options: { challenge: string }, { origin = site().origin, rpId = site().rpId, verifiesUser = true, challenge = options.challenge, counter: given, type = 'webauthn.get' }: Site = {}): string {
      const authData = authenticatorData(rpId, PRESENT | (verifiesUser ? VERIFIED : 0), given ?? ++counter)
      const data = clientData(type, challenge, origin)
      return JSON.stringify({
        id: url64(id), rawId: url64(id), type: 'public-key', clientExtensionResults: {},
        response: { clientDataJSON: url64(data), authenticatorData: url64(authData), signature: url64(sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey)) },
      })
    },
  }
}
