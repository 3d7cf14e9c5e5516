import { Counter, Gauge, Histogram, register } from 'prom-client'

// One registry for the process: the library is loaded once, by the server and by the bundle alike.
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function histogram<L extends string>(name: string, help: string, labelNames: L[], buckets = SECONDS): Histogram<L> {
  return (register.getSingleMetric(name) as Histogram<L> | undefined) ?? new Histogram({ name, help, labelNames, buckets })
}
function counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
  return (register.getSingleMetric(name) as Counter<L> | undefined) ?? new Counter({ name, help, labelNames })
}

/** One that is asked for each time somebody reads the metrics. */
export function gauge<L extends string>(name: string, help: string, labelNames: L[], read: (gauge: Gauge<L>) => void | Promise<void>): void {
  if (!register.getSingleMetric(name)) new Gauge({ name, help, labelNames, async collect() { await read(this as Gauge<L>) } })
}

/** Routes are patterns and statuses, so there are no more series than pages. */
export const requestSeconds = histogram('bulkhead_request_seconds', 'Time until a request was answered', ['method', 'route', 'status'])
export const statementSeconds = histogram('bulkhead_statement_seconds', 'Time of one statement in the database', ['pool'])
export const poolWaitSeconds = histogram('bulkhead_pool_wait_seconds', 'Time that a request waited for a connection', ['pool'])
export const jobSeconds = histogram('bulkhead_job_seconds', 'Time of one run of a job', ['kind', 'outcome'], [0.1, 0.5, 1, 5, 15, 60, 300, 1_800])
export const refusedRequests = counter('bulkhead_refused_requests_total', 'Requests refused because their organization is over its limits', ['limit'])
