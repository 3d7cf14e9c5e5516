import { type ChildProcess, fork } from 'node:child_process'
import { freePort } from '../../scripts/ports.ts'

export type SecondServer = { base: string; stop(): void }

/** The same build in a process of its own with other settings; `settings` gets its address, which a provider must know. */
export async function startSecondServer(settings: (base: string) => Promise<Record<string, string>>): Promise<SecondServer> {
  const port = await freePort()
  const base = `http://localhost:${port}`
  const env = { ...process.env, DEMO_MODE: '0', DATABASE_URL: '', NEXTAUTH_URL: base, ...(await settings(base)) }
  const server: ChildProcess = fork('scripts/serve.ts', ['--port', String(port)], { env, execArgv: [], silent: true })
  let output = ''
  for (const stream of [server.stdout, server.stderr]) stream?.on('data', (piece) => (output = (output + String(piece)).slice(-5_000)))
  await new Promise<void>((resolve, reject) => {
    server.once('message', () => resolve())
    server.once('exit', () => reject(new Error(`The server did not start: ${output}`)))
  })
  return { base, stop: () => void server.kill('SIGKILL') }
}
