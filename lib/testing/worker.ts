import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { env } from '@/lib/env'

/** Starts a process that runs jobs of this file's database. `kill` is SIGKILL: it has no time for anything. */
export function startWorker() {
  const worker = fork(join(import.meta.dirname, 'job-worker.ts'), { execArgv: ['--conditions=react-server', '--import', 'tsx'], env: { ...process.env, FILES_DIRECTORY: env().FILES_DIRECTORY }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const seen = { rss: 0, first: 0 }
  worker.on('message', ({ rss }: { rss: number }) => {
    seen.first ||= rss
    seen.rss = Math.max(seen.rss, rss)
  })
  return {
    seen,
    /** Of its own accord, which is a fault. */
    isGone: () => worker.exitCode !== null,
    kill: async () => {
      if (worker.exitCode !== null) return
      const gone = once(worker, 'exit')
      worker.kill('SIGKILL')
      await gone
    },
  }
}
