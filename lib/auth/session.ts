import 'server-only'
import { headers } from 'next/headers'
import { forbidden, notFound, redirect } from 'next/navigation'
import { after } from 'next/server'
import { cache } from 'react'
import { ForbiddenError, InvalidError, NotFoundError, TooManyRequestsError, UnavailableError } from '@/lib/errors'
import { BUSY_DIGEST } from '@/lib/limits/busy'
import { clientAddress, requestId, respondUnavailable, respondWith } from '@/lib/http/response'
import { plainAddress } from '@/lib/http/plain-address'
import { takeRequest } from '@/lib/limits/budget'
import { findEndOfSession, findMember, findMovedTo, findPerson, findSupport, type MemberAnswer, type Person } from '@/lib/platform/directory'
import { withPerson, type PersonScope } from '@/lib/platform/person'
import { keepOpened, noteRefused, type Opened, type Refused } from '@/lib/reads/reads'
import { type EndedSupport, findEndedSupport } from '@/lib/support/platform-support'
import { withTenant, type RequestFacts, type Scope } from '@/lib/tenancy/with-tenant'
import type { Member } from '@/lib/tenancy/member'
import { sessionToken } from './cookies'
import { gatePath } from './gates'
import { currentVisitor } from './visitor'

/** Who is signed in, from the database, once a request. They may still stand at a gate. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const token = await sessionToken()
  return token ? answering(() => findPerson(token)) : null
})

/** Who is acting where, from the database, once a request. */
export const memberAnswer = cache(async (slug: string): Promise<MemberAnswer> => {
  const token = await sessionToken()
  return token ? answering(async () => withinBudget(await findMemberOrSupport(token, slug))) : { state: 'signed-out' }
})

/** Counts the request for the organization it is in. @throws TooManyRequestsError when that is over its plan */
export function withinBudget<T extends MemberAnswer>(answer: T): T {
  if (answer.state === 'member') takeRequest(answer.member.tenantId)
  return answer
}

/** Of somebody who runs the installation and goes on where their support session has ended; null for everybody else. */
export const endedSupport = cache(async (slug: string): Promise<EndedSupport | null> => {
  const answer = await memberAnswer(slug)
  return answer.state === 'unknown' && answer.person.isSuperAdmin ? answering(async () => findEndedSupport((await sessionToken())!, slug)) : null
})

async function findMemberOrSupport(token: string, slug: string): Promise<MemberAnswer> {
  const answer = await findMember(token, slug)
  return answer.state === 'unknown' ? findSupport(answer.person, token, slug, plainAddress((await headers()).get('x-path') ?? 'unknown')) : answer
}

/** The same asked anew at each call, for an answer that outlives its request. A bearer token or key is not taken for a session. `path`: what support has opened with it, if that is more than a part of a page. */
export async function memberAnswerNow(slug: string, path: string | null = null): Promise<() => Promise<MemberAnswer>> {
  const token = (await headers()).has('authorization') ? null : await sessionToken()
  // Nobody does anything: a page that is left open must not keep its session from ending.
  return async () => {
    if (!token) return { state: 'signed-out' }
    const answer = await findMember(token, slug, 'web', 0)
    return answer.state === 'unknown' ? findSupport(answer.person, token, slug, path) : answer
  }
}

/** @throws a redirect to sign-in or to the gate that is closed, and back here afterwards */
export async function requirePerson(): Promise<Person> {
  const person = await requirePersonAtGate()
  if (person.gate) redirect(gatePath(person.gate, await currentPath()))
  return person
}

/** The same for the pages on which gates are passed. */
export async function requirePersonAtGate(): Promise<Person> {
  return (await currentPerson()) ?? redirectToSignIn()
}

/** The wall in front of an organization. @throws 404 when it is none of mine, 403 when it is closed for now, a redirect to a gate */
export async function requireMember(slug: string): Promise<Member> {
  const { member, gate } = await requireMemberAtGate(slug)
  if (gate) redirect(gatePath(gate, await currentPath(), slug))
  return member
}

/** The same for the page on which an organization's own gates are passed. */
export async function requireMemberAtGate(slug: string): Promise<Extract<MemberAnswer, { state: 'member' }>> {
  const answer = await memberAnswer(slug)
  if (answer.state === 'signed-out') return redirectToSignIn()
  if (answer.state === 'gated') redirect(gatePath(answer.gate, await currentPath()))
  if (answer.state === 'unknown') return followMove(slug)
  if (answer.state === 'closed') forbidden()
  return answer
}

/**
 * All the reads of a page in one read-only transaction of the member's tenant; refusals become the page's status.
 * `about`: what the page is of, to note a refusal; `opened`: what was read, to keep it where a record of reading is kept.
 */
export async function memberPage<T>(slug: string, read: (scope: Scope) => Promise<T>, { about, opened }: { about?: Refused; opened?: (answer: T) => Opened | null } = {}): Promise<T> {
  const member = await requireMember(slug)
  return asPage(async () => {
    try {
      const answer = await withTenant(member, read, { readOnly: true })
      const record = opened?.(answer)
      if (record) await keepOpened(member, record, { request: await requestFacts() })
      return answer
    } catch (error) {
      if (about && (error instanceof NotFoundError || error instanceof ForbiddenError)) after(() => noteRefused(member, about, 'open'))
      throw error
    }
  })
}

/** The reads of an account page, in one transaction of the person signed in. */
export async function personPage<T>(read: (scope: PersonScope, person: Person) => Promise<T>): Promise<T> {
  const person = await requirePerson()
  const visitor = await currentVisitor()
  return asPage(() => withPerson(person.userId, visitor, (scope) => read(scope, person)))
}

export async function requestFacts(): Promise<RequestFacts> {
  return { requestId: requestId(), ip: clientAddress() ?? undefined, userAgent: (await headers()).get('user-agent') ?? undefined }
}

async function asPage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await answering(work)
  } catch (error) {
    if (error instanceof NotFoundError) notFound()
    if (error instanceof ForbiddenError) forbidden()
    if (error instanceof InvalidError) respondWith(422)
    throw error
  }
}

// An address that the organization has left leads its members on, to the same page.
async function followMove(slug: string): Promise<never> {
  const person = await currentPerson()
  const moved = person && (await answering(() => findMovedTo(person.userId, slug)))
  if (!moved) notFound()
  redirect((await currentPath()).replace(`/${slug}`, `/${moved}`))
}

async function currentPath(): Promise<string> {
  return (await headers()).get('x-path') ?? '/organizations'
}

async function redirectToSignIn(): Promise<never> {
  const [path, token] = [(await headers()).get('x-path'), await sessionToken()]
  const query = new URLSearchParams(path ? { next: path } : {})
  const reason = token && (await answering(() => findEndOfSession(token)))
  if (reason) query.set('ended', reason)
  redirect(query.size > 0 ? `/sign-in?${query.toString()}` : '/sign-in')
}

async function answering<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (error instanceof UnavailableError) respondUnavailable()
    // The digest is all that a page's error boundary is told.
    if (error instanceof TooManyRequestsError) {
      respondWith(429, { 'Retry-After': String(error.waitS) })
      Object.assign(error, { digest: `${BUSY_DIGEST}${error.waitS}` })
    }
    throw error
  }
}
