// What each setting may be. Read by the product when it starts (lib/env) and by the scripts before they begin.
import { z } from 'zod'

const url = z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgresql:// address')

export const envSchema = z.object({
  TENANT_DATABASE_URL: url,
  PLATFORM_DATABASE_URL: url,
  LIVE_DATABASE_URL: url.optional(),
  NEXTAUTH_SECRET: z.string().min(32, 'must be at least 32 characters'),
  NEXTAUTH_SECRET_PREVIOUS: z.string().min(32, 'must be at least 32 characters').optional(),
  NEXTAUTH_URL: z.url('must be the address people open, for example http://localhost:3000'),
  PREPARED_STATEMENTS: z.enum(['on', 'off']).default('on'),
  DEMO_MODE: z.enum(['0', '1']).default('0'),
  TENANT_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  PLATFORM_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(5),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(5).max(10_080).default(720),
  SESSION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
  SIGN_UP: z.enum(['open', 'closed']).optional(),
  ALLOWED_ADDRESSES: z.string().default('').transform((text) => text.toLowerCase().split(/[\s,;]+/).map((part) => part.replace(/^@/, '')).filter(Boolean)),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must be an smtp:// or smtps:// address').optional(),
  MAIL_FROM: z.string().default('Bulkhead <no-reply@localhost>'),
  MAILBOX: z.enum(['0', '1']).default('0'),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  ENTRA_CLIENT_ID: z.string().optional(),
  ENTRA_CLIENT_SECRET: z.string().optional(),
  ENTRA_TENANT_ID: z.string().optional(),
  OIDC_ISSUER: z.url('must be the address of the issuer, without /.well-known').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
  FILES_DIRECTORY: z.string().default('.data/files'),
  FILES_S3_ENDPOINT: z.url('must be the address of the store, for example https://s3.example.com').optional(),
  FILES_S3_REGION: z.string().default('us-east-1'),
  FILES_S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,62}$/, 'must be the name of a bucket').optional(),
  FILES_S3_KEY_ID: z.string().optional(),
  FILES_S3_SECRET: z.string().optional(),
  FILES_S3_PATH_STYLE: z.enum(['on', 'off']).default('on'),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url('must be the address of a collector, for example http://localhost:4318').optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_SERVICE_NAME: z.string().default('bulkhead'),
  REQUESTS_AT_ONCE: z.coerce.number().int().min(1).default(24),
  STOP_DELAY_S: z.coerce.number().min(0).max(60).default(0),
})
  .refine((all) => all.MAILBOX === '0' || isLoopback(all.NEXTAUTH_URL), { path: ['MAILBOX'], message: 'shows everybody all mail, so it is for an address on this machine only (NEXTAUTH_URL on localhost)' })
  .superRefine((all, context) => {
    for (const name of ['GOOGLE', 'GITHUB', 'ENTRA', 'OIDC'] as const) {
      const [id, secret] = [all[`${name}_CLIENT_ID`], all[`${name}_CLIENT_SECRET`]]
      if (Boolean(id) !== Boolean(secret)) context.addIssue({ code: 'custom', path: [`${name}_CLIENT_${id ? 'SECRET' : 'ID'}`], message: 'is missing while its pair is set' })
    }
    if (all.OIDC_ISSUER && !all.OIDC_ISSUER.startsWith('https://') && !isLoopback(all.OIDC_ISSUER)) context.addIssue({ code: 'custom', path: ['OIDC_ISSUER'], message: 'must be an https:// address: whoever can change the answers can sign in as anybody' })
    if (all.OIDC_CLIENT_ID && !all.OIDC_ISSUER) context.addIssue({ code: 'custom', path: ['OIDC_ISSUER'], message: 'is needed with OIDC_CLIENT_ID' })
    for (const name of ['FILES_S3_BUCKET', 'FILES_S3_KEY_ID', 'FILES_S3_SECRET'] as const) {
      if (all.FILES_S3_ENDPOINT && !all[name]) context.addIssue({ code: 'custom', path: [name], message: 'is needed with FILES_S3_ENDPOINT' })
    }
    if (all.ENTRA_CLIENT_ID && !all.ENTRA_TENANT_ID) context.addIssue({ code: 'custom', path: ['ENTRA_TENANT_ID'], message: 'is needed with ENTRA_CLIENT_ID' })
  })

function isLoopback(address: string): boolean {
  return URL.canParse(address) && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(address).hostname)
}

type Environment = Record<string, string | undefined>

// An empty value counts as not said.
export const readSettings = (all: Environment) => envSchema.safeParse(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')))

/** What is wrong with the settings, by variable, each in words that hold no value of it. */
export function settingProblems(all: Environment): { name: string; problem: string }[] {
  const { error } = readSettings(all)
  return (error?.issues ?? []).map((issue) => {
    const name = issue.path.join('.')
    return { name, problem: all[name] || issue.code === 'custom' ? issue.message : 'is missing' }
  })
}
