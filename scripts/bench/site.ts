import { compressBuild } from '../compress.ts'
import { freePort } from '../ports.ts'
import { requireNode, script, startServer } from '../processes.ts'
import { markBuilt, needsBuild } from '../stamps.ts'

export const PASSWORD = 'bench-bench-bench-bench'
export const PATH = '/northline/tasks'
export const EMAIL = 'tomas.lind@example.com'

type Connections = { tenant: string; platform: string }

/** Runs work with the production build serving the demo organizations; it believes the load generator whom it speaks for. */
export async function withSite<T>({ tenant, platform }: Connections, work: (port: number) => Promise<T>): Promise<T> {
  const port = await freePort()
  const env = {
    TENANT_DATABASE_URL: tenant, PLATFORM_DATABASE_URL: platform, DEMO_PASSWORD: PASSWORD, DATABASE_URL: '', TRUSTED_PROXIES: '127.0.0.1, ::1',
    NEXTAUTH_URL: `http://localhost:${port}`, NEXTAUTH_SECRET: 'only-for-this-run-only-for-this-run-only',
  }
  await requireNode('Seeding', script('prisma/seed/seed.ts', { server: true }), { env })
  if (needsBuild()) {
    await requireNode('The build', ['node_modules/next/dist/bin/next', 'build'], { env: { ...env, NODE_ENV: 'production' } })
    await compressBuild()
    markBuilt()
  }
  const server = await startServer(['--port', String(port)], { env, show: false })
  try {
    return await work(port)
  } finally {
    server.kill('SIGTERM')
  }
}
