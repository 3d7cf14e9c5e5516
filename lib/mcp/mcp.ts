import 'server-only'
import { createMcpHandler, type McpRequestContext, Server } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { answering, apiRefusal } from '@/lib/api/answer'
import { readText } from '@/lib/api/body'
import { byKey } from '@/lib/api/member-route'
import { apiKeyAnswer, bearerKey } from '@/lib/auth/bearer'
import { requestFacts } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { Refusal, UnavailableError } from '@/lib/errors'
import type { Operation } from '@/lib/operations/operation'
import { OPERATIONS } from '@/lib/operations/operations'
import { performFor } from '@/lib/operations/perform'
import { isOvertaken, OVERTAKEN } from '@/lib/overtaken'
import { log } from '@/lib/telemetry/log'
import type { Member } from '@/lib/tenancy/member'
import type { KeyFacts } from '@/lib/tenancy/with-tenant'

const ABOUT = 'The plan of one organization: projects, workstreams, tasks, goals, ideas and the notebook. Everything is done in the name of the key’s owner, and sees what they see. Begin with whoami and next_task.'

type Acting = { member: Member; key: KeyFacts }

/**
 * The endpoint of the Model Context Protocol (streamable HTTP, revisions of 2025 and 2026, without sessions: each request
 * proves its key anew, so one that is revoked or whose owner is out ends a running conversation at once).
 * 401 without a good key, 403 for one without `mcp:execute` or whose owner’s role has it no longer, 429 beyond its calls.
 */
export async function mcpRoute(request: Request): Promise<Response> {
  return answering(async () => {
    const text = await bearerKey()
    if (text === undefined) return apiRefusal(401, 'signed_out', 'Send an API key: Authorization: Bearer bh_…', { headers: { 'WWW-Authenticate': 'Bearer' } })
    return byKey(await apiKeyAnswer(text, null), '', async ({ member, key }) => {
      if (!key.scopes.includes('mcp:execute')) return apiRefusal(403, 'scope_missing', 'This API key was not given mcp:execute.')
      if (!can(member.role, 'mcp:execute')) return apiRefusal(403, 'forbidden', `Your role here is ${member.role}, which may not use tools.`)
      const parsedBody = request.method === 'POST' ? oneMessage(await readText(request)) : undefined
      return handler.fetch(request, { parsedBody, authInfo: { token: '', clientId: key.prefix, scopes: [...key.scopes], extra: { member, key } } })
    })
  })
}

// A request is one call of the key: many messages in one are none.
function oneMessage(text: string): unknown {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    throw new Refusal(400, 'invalid_json', 'The body is no JSON object.')
  }
  if (Array.isArray(message)) throw new Refusal(400, 'batch_refused', 'Send one message at a time.')
  return message
}

// Nothing is subscribed to: what a key may see is asked for anew each time.
const handler = createMcpHandler(serverFor, { maxSubscriptions: 1, responseMode: 'json' })

function serverFor({ authInfo }: McpRequestContext): Server {
  const acting = authInfo!.extra as Acting
  const server = new Server({ name: 'bulkhead', title: 'Bulkhead', version: '1' }, { capabilities: { tools: {} }, instructions: ABOUT })
  server.setRequestHandler('tools/list', () => ({ tools: OPERATIONS.filter((one) => isGiven(one, acting)).map(toolOf) }))
  server.setRequestHandler('tools/call', async ({ params }) => call(params.name, params.arguments ?? {}, acting))
  return server
}

const isGiven = ({ permission }: Operation, { member, key }: Acting) => key.scopes.includes(permission) && can(member.role, permission)

const toolOf = ({ name, title, description, input, isWrite }: Operation) => ({
  name, title, description, annotations: { readOnlyHint: !isWrite, destructiveHint: name.startsWith('delete_'), openWorldHint: false },
  inputSchema: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as { type: 'object' },
})

/** A refusal is an answer of the tool, with the code and status that REST would give, so that whoever called can mend it. */
async function call(name: string, given: Record<string, unknown>, { member, key }: Acting) {
  const operation = OPERATIONS.find((one) => one.name === name)
  if (!operation) return refusal(404, 'unknown_tool', `There is no tool called ${name.slice(0, 80)}.`)
  try {
    const result = await performFor({ member, key, request: await requestFacts() }, operation, given)
    return { content: [{ type: 'text' as const, text: JSON.stringify(result) }], structuredContent: result as Record<string, unknown> }
  } catch (error) {
    if (isOvertaken(error)) return refusal(409, 'overtaken', OVERTAKEN)
    if (error instanceof Refusal) return refusal(error.status, error.code, error.message, error.detail)
    if (error instanceof UnavailableError) return refusal(503, 'unavailable', `${error.message} Try again in a moment.`)
    // What went wrong is ours to read: an error of the database names tables and values.
    log('error', 'tool.failed', { tool: name, problem: error })
    return refusal(500, 'internal', 'Something went wrong.')
  }
}

function refusal(status: number, code: string, message: string, detail: Record<string, unknown> = {}) {
  const error = { status, code, message, ...(Object.keys(detail).length > 0 && { detail }) }
  return { isError: true, content: [{ type: 'text' as const, text: JSON.stringify({ error }) }], structuredContent: { error } }
}
