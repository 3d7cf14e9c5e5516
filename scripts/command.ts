import { SettingError } from './settings.ts'

/** Runs a command; what the person can mend is one sentence and exit code 1, anything else is a bug and keeps its stack. */
export async function command(work: () => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = (await work()) ?? 0
  } catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  }
}

export const explain = (error: unknown) => (error instanceof SettingError ? error.message : error instanceof Error ? error.stack : error)
