import 'server-only'
import { isStopping } from '@/lib/http/response'
import { areJobsAlive } from '@/lib/jobs/runner'
import { pingPlatform } from '@/lib/platform/client'
import { pingTenant } from '@/lib/tenancy/client'
import { pendingMigrations } from './migrations'

const PATIENCE_MS = 1_800

/** What a request needs. `stopping`: this process is going down and takes no more. */
export const PARTS = ['stopping', 'database', 'platform_database', 'migrations', 'jobs'] as const
export type Part = (typeof PARTS)[number]

/** The parts that keep this process from doing requests; none when all is well. Answers within two seconds, and never says more than their names. */
export async function failingParts(): Promise<Part[]> {
  if (isStopping()) return ['stopping']
  const checks: [Part, Promise<boolean>][] = [
    ['database', pingTenant().then(() => true)],
    ['platform_database', pingPlatform().then(() => true)],
    ['migrations', pendingMigrations().then(({ length }) => length === 0)],
    ['jobs', Promise.resolve(areJobsAlive())],
  ]
  const well = await Promise.all(checks.map(([, check]) => inTime(check)))
  const failing = checks.flatMap(([part], at) => (well[at] ? [] : [part]))
  // Without its database nothing can be said of what is in it.
  return failing.includes('platform_database') ? failing.filter((part) => part !== 'migrations') : failing
}

function inTime(check: Promise<boolean>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref())
  return Promise.race([check.catch(() => false), late])
}
