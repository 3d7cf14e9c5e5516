import { spawn, type ChildProcess } from 'node:child_process'
import { SettingError, root } from './settings.ts'

type Options = { env?: Record<string, string>; show?: boolean }
type Ended = { code: number; output: string }

const running = new Set<ChildProcess>()
const STOP_MS = 15_000

/** Arguments for the pinned Node to run a TypeScript module; `server` resolves imports the way server components do. */
export const script = (path: string, { server = false } = {}) => [...(server ? ['--conditions=react-server'] : []), '--import', 'tsx', path]

/** Runs the pinned Node with these arguments to its end. Output is shown as it comes, or kept and returned. */
export function runNode(args: string[], { env = {}, show = false }: Options = {}): Promise<Ended> {
  const child = start(args, { env, stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout?.on('data', (piece) => (output += String(piece)))
  child.stderr?.on('data', (piece) => (output += String(piece)))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs the pinned Node; throws what it printed when it fails. */
export async function requireNode(what: string, args: string[], options?: Options): Promise<string> {
  const { code, output } = await runNode(args, options)
  if (code !== 0) throw new SettingError(`${what} failed${output ? `:\n${output.trim()}` : '; the reason is above.'}`)
  return output
}

/** Starts scripts/serve.ts and waits until it listens; throws when it ends before that. */
export function startServer(args: string[], { env = {}, show = true }: Options = {}): Promise<ChildProcess> {
  const child = start(['scripts/serve.ts', ...args], { env, stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe', 'ipc'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (output = (output + String(piece)).slice(-20_000)))
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', () => reject(new SettingError(`The server did not start${output ? `:\n${output}` : '.'}`)))
  })
}

function start(args: string[], { env, stdio }: { env: Record<string, string>; stdio: ('ignore' | 'inherit' | 'pipe' | 'ipc')[] }): ChildProcess {
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', ...env }, stdio })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Stops every process started here and waits for it: politely, then by force. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      return gone.then(() => clearTimeout(force))
    }),
  )
}

/** Calls `stop` once, for Ctrl-C, a termination signal, or when the process that started us is gone. */
export function onStop(stop: () => Promise<void>) {
  let stopping = false
  const once = () => {
    if (stopping) return
    stopping = true
    void stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once)
  process.on('disconnect', once)
  // The channel is there to notice the end of the other side, not to keep us alive.
  process.channel?.unref()
}
