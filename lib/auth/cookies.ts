import 'server-only'
import { cookies } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { cache } from 'react'
import { env } from '@/lib/env'

const DEVICE_DAYS = 400
/** Whether browsers come by https: then cookies go by nothing else. */
export const isSecure = () => env().NEXTAUTH_URL.startsWith('https://')

/** The cookie's name says to the browser what it must hold: `__Host-` needs Secure, no Domain and Path=/. */
const named = (name: string) => (isSecure() ? `__Host-bulkhead.${name}` : `bulkhead.${name}`)
export const sessionCookieName = () => named('session')
export const deviceCookieName = () => named('device')
/** Holds, for some minutes, that somebody signed in wants to connect the provider they are sent to. */
export const connectCookieName = () => named('connect')
export const cookieOptions = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const

/** The opaque session token inside a cookie's value; null when it is none of ours. */
export async function readSessionCookie(value: string | undefined): Promise<string | null> {
  if (!value) return null
  const payload = await decode({ token: value, secret: env().NEXTAUTH_SECRET }).catch(() => null)
  return typeof payload?.sid === 'string' ? payload.sid : null
}

/** The opaque session token of this request; null when there is none or it is not ours. */
export const sessionToken = cache(async (): Promise<string | null> => readSessionCookie((await cookies()).get(sessionCookieName())?.value))

/** Gives this browser a session, as NextAuth would at the end of a sign-in. For actions, which may set cookies. */
export async function writeSessionCookie(token: string): Promise<void> {
  const maxAge = env().SESSION_DAYS * 86_400
  const value = await encode({ token: { sid: token }, secret: env().NEXTAUTH_SECRET, maxAge })
  ;(await cookies()).set(sessionCookieName(), value, { ...cookieOptions(), maxAge })
}

export async function dropSessionCookie(): Promise<void> {
  ;(await cookies()).delete({ name: sessionCookieName(), path: '/', secure: isSecure() })
}

/** The mark by which a browser is known again, as we make it: anything else a browser sends there is none, and is never sent back. */
export const readDeviceToken = (value: string | undefined): string | null => (value && /^[\w-]{43}$/.test(value) ? value : null)

/** The same, made and set when the browser has none. For actions, which may set cookies. */
export async function ensureDeviceCookie(make: () => string): Promise<string> {
  const jar = await cookies()
  const token = readDeviceToken(jar.get(deviceCookieName())?.value) ?? make()
  jar.set(deviceCookieName(), token, deviceCookieOptions())
  return token
}

export const deviceCookieOptions = () => ({ ...cookieOptions(), maxAge: DEVICE_DAYS * 86_400 })
