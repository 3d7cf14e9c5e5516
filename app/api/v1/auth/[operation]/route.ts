import { z } from 'zod'
import { confirmEmail } from '@/lib/account/email'
import { password, signUpSchema } from '@/lib/account/schema'
import { parse } from '@/lib/actions/answer'
import { answering, apiAnswer, apiRefusal } from '@/lib/api/answer'
import { describeMe, refreshByApi, signInByApi } from '@/lib/api/api-sessions'
import { bearerToken } from '@/lib/auth/bearer'
import { requestFacts } from '@/lib/auth/session'
import { currentVisitor } from '@/lib/auth/visitor'
import { Refusal } from '@/lib/errors'
import { requestReset, resetPassword } from '@/lib/passwords/reset'
import { endSessionOfToken } from '@/lib/sessions/sessions'
import { confirmSignUp, requestSignUp } from '@/lib/sign-up/sign-up'

type Context = { params: Promise<{ operation: string }> }
const token = z.string().min(20).max(512)
const SENT = { status: 'sent', message: 'If the address can be used, a mail is on its way.' }

const loginSchema = z.strictObject({ email: z.string().max(320), password: z.string().max(400), code: z.string().max(20).optional() })

/** What a script posts to sign up, in, out and back in. Each calls the noun that the form calls. */
const OPERATIONS: Record<string, (body: unknown) => Promise<unknown>> = {
  login: async (body) => signInByApi(parse(loginSchema, body), await currentVisitor()),
  refresh: async (body) => refreshByApi(parse(z.strictObject({ refresh_token: token }), body).refresh_token, await currentVisitor()),
  logout: async () => {
    const session = await bearerToken()
    if (session) await endSessionOfToken(session, await currentVisitor(), 'signed_out')
    return { status: 'signed_out' }
  },
  signup: async (body) => {
    await requestSignUp(parse(signUpSchema, body), await currentVisitor())
    return SENT
  },
  forgot: async (body) => {
    await requestReset(parse(z.strictObject({ email: z.string().max(320) }), body).email, await currentVisitor())
    return SENT
  },
  reset: async (body) => {
    const input = parse(z.strictObject({ token, password }), body)
    await resetPassword(input.token, input.password, await currentVisitor())
    return { status: 'password_set' }
  },
  verify: async (body) => {
    const input = parse(z.strictObject({ token, purpose: z.enum(['sign_up', 'email']).default('email') }), body)
    const visitor = await currentVisitor()
    if (input.purpose === 'email') return confirmEmail(input.token, visitor)
    const { slug, token: session } = await confirmSignUp(input.token, visitor, await requestFacts())
    await endSessionOfToken(session, visitor, 'signed_out')
    return { organization: slug }
  },
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const operation = Object.hasOwn(OPERATIONS, (await params).operation) ? OPERATIONS[(await params).operation] : undefined
  return answering(async () => {
    if (!operation) return apiRefusal(404, 'not_found', 'There is nothing here.')
    // A form of another site cannot send this type without asking first, so a browser's cookies are of no use to it.
    if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) throw new Refusal(415, 'unsupported_type', 'Send JSON, with Content-Type: application/json.')
    const body: unknown = await request.json().catch(() => {
      throw new Refusal(400, 'malformed', 'This is not JSON.')
    })
    return apiAnswer(await operation(body))
  })
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { operation } = await params
  return answering(async () => {
    if (operation === 'me') return apiAnswer(await describeMe((await bearerToken()) ?? null))
    return Object.hasOwn(OPERATIONS, operation) ? apiRefusal(405, 'method_not_allowed', 'Send this with POST.', { headers: { Allow: 'POST' } }) : apiRefusal(404, 'not_found', 'There is nothing here.')
  })
}
