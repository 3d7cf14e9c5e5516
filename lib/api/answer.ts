import 'server-only'
import { Refusal, TooManyRequestsError, InvalidError, UnavailableError } from '@/lib/errors'
import { requestId } from '@/lib/http/response'
import { toWire } from '@/lib/operations/wire'
import { isOvertaken, OVERTAKEN } from '@/lib/overtaken'

const HEADERS = { 'Cache-Control': 'private, no-store' }

export function apiAnswer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: HEADERS })
}

export function apiRefusal(status: number, code: string, message: string, { headers = {}, fields, detail }: { headers?: Record<string, string>; fields?: Record<string, string[]>; detail?: Record<string, unknown> } = {}): Response {
  return Response.json({ error: { code, message, ...(fields && { fields }), ...(detail && Object.keys(detail).length > 0 && { detail }), requestId: requestId() } }, { status, headers: { ...HEADERS, ...headers } })
}

/** For good, and with the same method. */
export function apiMoved(path: string): Response {
  return new Response(null, { status: 308, headers: { ...HEADERS, Location: path } })
}

/** Runs work of a route and turns refusals into JSON; bugs are thrown on. */
export async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TooManyRequestsError) return apiRefusal(429, error.code, error.message, { headers: { 'Retry-After': String(error.waitS) } })
    if (error instanceof InvalidError) return apiRefusal(422, error.code, error.message, { fields: error.fields })
    if (error instanceof Refusal) return apiRefusal(error.status, error.code, error.message, { detail: toWire(error.detail) as Record<string, unknown> })
    if (isOvertaken(error)) return apiRefusal(409, 'overtaken', OVERTAKEN)
    if (error instanceof UnavailableError) return apiRefusal(503, 'unavailable', `${error.message} Try again in a moment.`, { headers: { 'Retry-After': '2' } })
    throw error
  }
}
