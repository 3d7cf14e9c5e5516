import 'server-only'
import { z } from 'zod'

const url = z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// address')

const schema = z.object({
  TENANT_DATABASE_URL: url,
  PLATFORM_DATABASE_URL: url,
  NEXTAUTH_SECRET: z.string().min(32, 'must be at least 32 characters'),
  NEXTAUTH_URL: z.url('must be the address people open, for example http://localhost:3000'),
  PREPARED_STATEMENTS: z.enum(['on', 'off']).default('on'),
  DEMO_MODE: z.enum(['0', '1']).default('0'),
  TENANT_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  PLATFORM_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(5),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(5).max(10_080).default(720),
  SESSION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
})

export type Env = z.infer<typeof schema>

let checked: Env | undefined

/** The settings, checked once. Throws one sentence that names every missing or wrong variable. */
export function env(): Env {
  if (checked) return checked
  const result = schema.safeParse(process.env)
  if (!result.success) {
    const wrong = result.error.issues.map((issue) => `${issue.path.join('.')} ${process.env[String(issue.path[0])] === undefined ? 'is missing' : issue.message}`)
    throw new Error(`Settings: ${wrong.join('; ')}. See .env.example.`)
  }
  return (checked = result.data)
}
