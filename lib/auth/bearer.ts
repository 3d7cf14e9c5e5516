import 'server-only'
import { headers } from 'next/headers'
import { readAccessToken } from '@/lib/api/access-tokens'
import { hashKey, isKeyText } from '@/lib/api-keys/key-text'
import { findApiKey, findMember, findMovedTo, findPerson, type KeyAnswer, type MemberAnswer } from '@/lib/platform/directory'
import { currentPerson, memberAnswer, withinBudget } from './session'

/** The session token inside the access token of this request; `undefined` when it brings none, null when it is not good. */
export async function bearerToken(): Promise<string | null | undefined> {
  const sent = (await headers()).get('authorization')
  if (sent === null) return undefined
  const [, token] = /^Bearer ([\w.-]{20,4096})$/i.exec(sent) ?? []
  return token ? readAccessToken(token) : null
}

/** The API key of this request; `undefined` when it brings none. */
export async function bearerKey(): Promise<string | undefined> {
  return /^Bearer (bh_.*)$/i.exec((await headers()).get('authorization') ?? '')?.[1]
}

/** Who is behind a key. One that cannot be a key is refused without a question. */
export async function apiKeyAnswer(text: string, slug: string | null): Promise<KeyAnswer> {
  return isKeyText(text) ? findApiKey(hashKey(text), slug) : { state: 'signed-out' }
}

/** Who is acting where, by access token if one is sent, else by the browser's session. A bad token is not helped by a good cookie. */
export async function apiMemberAnswer(slug: string): Promise<MemberAnswer> {
  const token = await bearerToken()
  if (token === undefined) return memberAnswer(slug)
  return token ? withinBudget(await findMember(token, slug, 'api')) : { state: 'signed-out' }
}

/** Where a former address of an organization leads whoever asks, by access token or session. */
export async function apiMovedTo(slug: string): Promise<string | null> {
  const token = await bearerToken()
  const person = token === undefined ? await currentPerson() : token ? await findPerson(token, 'api') : null
  return person && findMovedTo(person.userId, slug)
}

/** The address that was asked; null on the routes of files, which the middleware does not see. */
export async function apiPath(): Promise<string | null> {
  return (await headers()).get('x-path')
}
