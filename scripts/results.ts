import { existsSync, readFileSync } from 'node:fs'
import { seconds } from './steps.ts'

export type Count = { name: string; passed: number; failed: number; skipped?: number; time: string }

/** Runs a check that passes or fails as a whole. */
export async function check(name: string, work: () => Promise<string | void>): Promise<Count> {
  const startedAt = Date.now()
  try {
    const detail = await work()
    console.log(`${seconds(startedAt)}  ${name}${detail ? `: ${detail}` : ''}`)
    return { name, passed: 1, failed: 0, time: seconds(startedAt) }
  } catch (error) {
    console.log(`${seconds(startedAt)}  ${name}: failed\n${(error as Error).message}`)
    return { name, passed: 0, failed: 1, time: seconds(startedAt) }
  }
}

/** Counts what a runner reported. One that crashed, wrote no report, or ran nothing is a failure of its own. */
export async function count(name: string, report: string, read: (report: string) => Omit<Count, 'name' | 'time'>, run: () => Promise<number>): Promise<Count> {
  const startedAt = Date.now()
  const code = await run()
  const counts = existsSync(report) ? read(readFileSync(report, 'utf8')) : { passed: 0, failed: 0 }
  const said = counts.failed > 0
  const broken = !said && (code !== 0 || counts.passed === 0)
  if (broken) console.log(`${name}: the runner ended with ${code} after ${counts.passed} passed tests, which counts as a failure.`)
  return { name, ...counts, failed: counts.failed + (broken ? 1 : 0), time: seconds(startedAt) }
}

export function readVitest(report: string) {
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = JSON.parse(report) as Record<string, number> & { testResults: { status: string; assertionResults: unknown[] }[] }
  // A file that fails before its first test has no test to count.
  const emptyFailures = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  const failed = (numFailedTests ?? 0) + emptyFailures
  return { passed: numPassedTests ?? 0, failed: failed || (numFailedTestSuites ? 1 : 0), skipped: numPendingTests ?? 0 }
}

export function readPlaywright(report: string) {
  const { stats, errors } = JSON.parse(report) as { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: unknown[] }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

/** Prints the table and, as the very last line, the sums; returns the exit code that is true to them. */
export function summarize(counts: Count[]): number {
  const passed = counts.reduce((sum, { passed }) => sum + passed, 0)
  const failed = counts.reduce((sum, { failed }) => sum + failed, 0)
  console.log(`\n${'check'.padEnd(28)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'time'.padStart(11)}`)
  for (const { name, passed, failed, skipped = 0, time } of counts) console.log(`${name.padEnd(28)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}${time.padStart(11)}`)
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 || passed === 0 ? 1 : 0
}
