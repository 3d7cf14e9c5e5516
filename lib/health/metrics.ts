import 'server-only'
import { collectDefaultMetrics, register } from 'prom-client'
import { ask } from '@/lib/platform/ask'
import { busiestHere } from '@/lib/telemetry/load'
import { gauge } from '@/lib/telemetry/metrics'

const BUSIEST = 20

export type JobCount = { kind: string; status: string; count: number; oldestSeconds: number }

/** Jobs by kind and state over all organizations, those that ended in the last hour among them; how long the oldest that is due has waited. */
export async function countJobs(now = new Date()): Promise<JobCount[]> {
  const rows = await ask<{ kind: string; status: string; count: string; oldest_seconds: number }>('job_counts($1)', [now])
  return rows.map(({ kind, status, count, oldest_seconds }) => ({ kind, status, count: Number(count), oldestSeconds: oldest_seconds }))
}

function describe(): void {
  if (register.getSingleMetric('process_cpu_seconds_total')) return
  collectDefaultMetrics()
  let jobs: JobCount[] = []
  gauge('bulkhead_jobs', 'Jobs of all organizations, those that ended in the last hour among them', ['kind', 'status'], async (it) => {
    jobs = await countJobs().catch(() => [])
    it.reset()
    for (const { kind, status, count } of jobs) it.set({ kind, status }, count)
  })
  gauge('bulkhead_job_oldest_seconds', 'How long the oldest job that is due has waited, as of the last reading', ['kind'], (it) => {
    it.reset()
    for (const { kind, status, oldestSeconds } of jobs) if (status === 'queued') it.set({ kind }, oldestSeconds)
  })
  // A bounded list: who is not among the busiest has no series.
  gauge('bulkhead_organization_requests', 'Requests a minute of the busiest organizations of this process', ['organization'], (it) => {
    it.reset()
    for (const { organization, requests } of busiestHere(BUSIEST)) it.set({ organization }, requests)
  })
  gauge('bulkhead_organization_statement_seconds', 'Time in the database a minute of the busiest organizations of this process', ['organization'], (it) => {
    it.reset()
    for (const { organization, statementMs } of busiestHere(BUSIEST)) it.set({ organization }, statementMs / 1_000)
  })
}

/** What Prometheus reads of this process. Without the database it is what the process itself knows. */
export async function readMetrics(): Promise<{ text: string; type: string }> {
  describe()
  return { text: await register.metrics(), type: register.contentType }
}
