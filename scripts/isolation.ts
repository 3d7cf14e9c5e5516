// npm run isolation [-- --json]: the leak probe against the server of DATABASE_URL or the built-in one. Changes nothing.
import { runProbe } from '@/lib/isolation/probe'
import { command } from './command.ts'
import { withServer } from './database/server.ts'

await command(() =>
  withServer(async (url) => {
    const figures = await runProbe(url)
    if (process.argv.includes('--json')) console.log(JSON.stringify(figures))
    else {
      console.log(`${figures.attempts} attempts on ${figures.tables} tables in ${(figures.milliseconds / 1000).toFixed(1)} s: ${figures.leaks} leaks, ${figures.changes} changes`)
      for (const finding of figures.findings) console.log(`  ${finding}`)
    }
    return figures.leaks + figures.changes + figures.findings.length > 0 ? 1 : 0
  }),
)
