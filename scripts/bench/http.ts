import { Agent, request } from 'node:http'

export type Answer = { status: number; cookies: string[]; body: string }
type Options = { cookie?: string; form?: Record<string, string>; from?: string }
export type Ask = (path: string, options?: Options) => Promise<Answer>

/** Requests to a server on this machine, over so many connections, which stay open unless `keepAlive` says otherwise. `from`: on whose behalf, as a proxy says it. */
export function connectTo(port: number, maxSockets: number, { keepAlive = true } = {}): { ask: Ask; close: () => void } {
  const agent = new Agent({ keepAlive, maxSockets })
  return { ask: (path, options = {}) => send(agent, port, path, options), close: () => agent.destroy() }
}

/** Signs in by the form's own way in. Returns the session's cookie. @throws when there is no session */
export async function signIn(ask: Ask, email: string, password: string): Promise<string> {
  const csrf = await ask('/api/auth/csrf')
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string }
  const answer = await ask('/api/auth/callback/credentials', { cookie: csrf.cookies.join('; '), form: { csrfToken, email, password, json: 'true' } })
  return sessionOf(answer, email)
}

export function sessionOf({ cookies, status }: Answer, email: string): string {
  const session = cookies.find((cookie) => cookie.includes('bulkhead.session='))
  if (!session) throw new Error(`Signing in as ${email} answered ${status} without a session.`)
  return session
}

function send(agent: Agent, port: number, path: string, { cookie, form, from }: Options): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString()
  const headers = {
    host: `localhost:${port}`, ...(cookie ? { cookie } : {}), ...(from ? { 'x-forwarded-for': from } : {}),
    ...(body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)), origin: `http://localhost:${port}` } : {}),
  }
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, cookies: (response.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]!), body: text }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
