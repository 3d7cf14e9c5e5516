import 'server-only'
import { cookies, headers } from 'next/headers'
import { forbidden, notFound, redirect } from 'next/navigation'
import { decode } from 'next-auth/jwt'
import { cache } from 'react'
import { env } from '@/lib/env'
import { ForbiddenError, InvalidError, NotFoundError, UnavailableError } from '@/lib/errors'
import { requestId, respondUnavailable, respondWith } from '@/lib/http/response'
import { findMember, findPerson, type MemberAnswer, type Person } from '@/lib/platform/directory'
import { withTenant, type RequestFacts, type Scope } from '@/lib/tenancy/with-tenant'
import type { Member } from '@/lib/tenancy/member'
import { sessionCookieName } from './options'

/** The opaque session token of this request; null when there is none or it is not ours. */
const sessionToken = cache(async (): Promise<string | null> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value
  if (!cookie) return null
  const payload = await decode({ token: cookie, secret: env().NEXTAUTH_SECRET }).catch(() => null)
  return typeof payload?.sid === 'string' ? payload.sid : null
})

/** Who is signed in, from the database, once a request. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const token = await sessionToken()
  return token ? answering(() => findPerson(token)) : null
})

/** Who is acting where, from the database, once a request. */
export const memberAnswer = cache(async (slug: string): Promise<MemberAnswer> => {
  const token = await sessionToken()
  return token ? answering(() => findMember(token, slug)) : { state: 'signed-out' }
})

/** @throws a redirect to sign-in, and back here afterwards */
export async function requirePerson(): Promise<Person> {
  return (await currentPerson()) ?? redirectToSignIn()
}

/** The wall in front of an organization. @throws 404 when it is none of mine, 403 when it is closed for now */
export async function requireMember(slug: string): Promise<Member> {
  const answer = await memberAnswer(slug)
  if (answer.state === 'signed-out') return redirectToSignIn()
  if (answer.state === 'unknown') notFound()
  if (answer.state === 'closed') forbidden()
  return answer.member
}

/** All the reads of a page in one read-only transaction of the member's tenant; refusals become the page's status. */
export async function memberPage<T>(slug: string, read: (scope: Scope) => Promise<T>): Promise<T> {
  const member = await requireMember(slug)
  try {
    return await answering(() => withTenant(member, read, { readOnly: true }))
  } catch (error) {
    if (error instanceof NotFoundError) notFound()
    if (error instanceof ForbiddenError) forbidden()
    if (error instanceof InvalidError) respondWith(422)
    throw error
  }
}

export async function requestFacts(): Promise<RequestFacts> {
  return { requestId: requestId(), userAgent: (await headers()).get('user-agent') ?? undefined }
}

async function redirectToSignIn(): Promise<never> {
  const path = (await headers()).get('x-path')
  redirect(path ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in')
}

async function answering<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (error instanceof UnavailableError) respondUnavailable()
    throw error
  }
}
