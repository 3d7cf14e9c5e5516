import 'server-only'
import { Refusal } from '@/lib/errors'
import { operationOf } from '@/lib/operations/operations'
import { performFor } from '@/lib/operations/perform'
import { answering, apiAnswer, apiRefusal } from './answer'
import { readText } from './body'
import { withActing } from './member-route'
import { matchRest } from './rest-table'

/** Answers one call of the REST API: an operation, with what the path, the query and the body say. What the path names wins. */
export async function restRoute(request: Request, slug: string, path: string[]): Promise<Response> {
  const found = matchRest(request.method, path)
  if (!found) return apiRefusal(404, 'not_found', 'There is nothing here, or it is not yours to see.')
  if ('allowed' in found) return apiRefusal(405, 'method_not_allowed', `Here can be asked: ${found.allowed.join(', ')}.`, { headers: { Allow: found.allowed.join(', ') } })
  const operation = operationOf(found.operation)
  return answering(async () => {
    const given = operation.isWrite && request.method !== 'DELETE' ? await readJson(request) : Object.fromEntries(new URL(request.url).searchParams)
    return withActing(slug, async (acting) => apiAnswer(await performFor(acting, operation, { ...given, ...found.fields })), { isWrite: operation.isWrite })
  })
}

/** @throws Refusal 400 for what is no JSON object, 413 beyond 256 KB, 415 for another kind of body */
async function readJson(request: Request): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) throw new Refusal(415, 'unsupported_media_type', 'Send JSON, with Content-Type: application/json.')
  const text = await readText(request)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Answered below.
  }
  throw new Refusal(400, 'invalid_json', 'The body is no JSON object.')
}
