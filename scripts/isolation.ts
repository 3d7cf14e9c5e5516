// npm run isolation [-- --json | --watch]: the catalog's findings and the leak probe, against the server of DATABASE_URL or the
// built-in one. Changes nothing but the note of what it found, so it may be run on production. Exit code 1 on any finding.
// --watch goes on: it runs the probe whenever somebody asks for it in the product, which itself has no right to.
import pg from 'pg'
import { recordProbe, runProbe, type ProbeFigures } from '@/lib/isolation/probe'
import { isolationReport } from '@/lib/isolation/report'
import { command } from './command.ts'
import { withClient } from './database/connect.ts'
import { withServer } from './database/server.ts'
import { watchProbes } from './watch-probes.ts'

await command(() => withServer((url) => (process.argv.includes('--watch') ? watch(url) : once(url))))

async function once(url: string): Promise<number> {
  const report = await withClient(url, (client: pg.Client) => isolationReport(async (sql) => (await client.query(sql)).rows))
  const probe = await probeOnce(url)
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ...report, probe }, null, 2))
  else print(report, probe)
  return report.findings.length + probe.findings.length > 0 ? 1 : 0
}

async function watch(url: string): Promise<number> {
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
  console.log('Waits for somebody to ask for the leak probe; Ctrl-C ends it.')
  await watchProbes(url, async () => printProbe(await probeOnce(url)), stopped.signal)
  return 0
}

async function probeOnce(url: string): Promise<ProbeFigures> {
  const probe = await runProbe(url)
  await recordProbe(url, probe)
  return probe
}

function print({ serverVersion, tables, findings, roles }: Awaited<ReturnType<typeof isolationReport>>, probe: ProbeFigures) {
  console.log(`PostgreSQL ${serverVersion}\n`)
  for (const { table, family, isProtected, isForced, policies, indexes } of tables)
    console.log(`${table.padEnd(24)}${family.padEnd(18)}${(isProtected ? (isForced ? 'forced' : 'NOT FORCED') : 'OFF').padEnd(12)}${policies.length} policies, ${indexes.length} indexes`)
  console.log(`\nRoles: ${roles.map(({ role }) => role).join(', ')}`)
  console.log(`Catalog: ${findings.length} findings`)
  for (const { rule, object, finding } of findings) console.log(`  ${rule}: ${object} ${finding}`)
  printProbe(probe)
}

function printProbe(probe: ProbeFigures) {
  console.log(`Probe: ${probe.attempts} attempts on ${probe.tables} tables in ${(probe.milliseconds / 1000).toFixed(1)} s: ${probe.leaks} leaks, ${probe.changes} changes`)
  for (const finding of probe.findings) console.log(`  ${finding}`)
}
