// A process of its own that runs jobs, to be killed: node --conditions=react-server --import tsx lib/testing/job-worker.ts
import { runDueJob } from '@/lib/jobs/runner'

const REPORT_MS = 100

setInterval(() => process.send?.({ rss: process.memoryUsage().rss }), REPORT_MS)
process.on('disconnect', () => process.exit())
console.info = () => {}
for (;;) if (!(await runDueJob())) await new Promise((resolve) => setTimeout(resolve, 20))
