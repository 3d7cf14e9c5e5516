import 'server-only'
import { cookies, headers } from 'next/headers'
import { clientAddress, requestId } from '@/lib/http/response'
import type { Visitor } from '@/lib/visitors/visitor'
import { newToken } from '@/lib/tokens/token'
import { deviceCookieName, ensureDeviceCookie, readDeviceToken } from './cookies'

/** Where the current request comes from. */
export async function currentVisitor(): Promise<Visitor> {
  const [sent, jar] = [await headers(), await cookies()]
  return { ip: clientAddress(), userAgent: sent.get('user-agent'), requestId: requestId(), deviceToken: readDeviceToken(jar.get(deviceCookieName())?.value) }
}

/** The same for an action that signs somebody in: the browser gets its mark. */
export async function enteringVisitor(): Promise<Visitor> {
  return { ...(await currentVisitor()), deviceToken: await ensureDeviceCookie(() => newToken().secret) }
}
