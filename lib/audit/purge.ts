import 'server-only'
import { eachOfAll } from '@/lib/housekeeping/each-of-all'
import { ask } from '@/lib/platform/ask'

/**
 * Takes out events that are older than their organization's plan keeps, seal by seal. A plan counts here once it has held for
 * thirty days. Answers how many went. @throws AggregateError after all organizations, when some failed
 */
export async function purgeAudit(now = new Date()): Promise<{ events: number }> {
  let events = 0
  const due = await ask<{ tenant_id: string }>('purgeable($1)', [now])
  await eachOfAll(due, async ({ tenant_id: tenantId }) => {
    for (;;) {
      const [row] = await ask<{ purge_audit: string | null }>('purge_audit($1, $2)', [tenantId, now])
      if (row!.purge_audit === null) return
      events += Number(row!.purge_audit)
    }
  })
  return { events }
}
