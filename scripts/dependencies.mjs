// What runs before anything is installed: plain Node 20, no dependencies.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

// Node 22.18 is the first that runs TypeScript files by itself, which scripts/serve.ts relies on.
const OLDEST = [24, 2]

/** Installs exactly what package-lock.json names, unless the last install already did. Exits 1 when npm fails. */
export async function ensureDependencies() {
  const stamp = join(root, 'node_modules/.bulkhead-lock')
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  const startedAt = Date.now()
  console.log('Installing dependencies (npm ci), a minute or two the first time …')
  const npm = process.env.npm_execpath
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
  const code = await new Promise((resolve) => {
    // NODE_ENV=production would leave out what builds and tests the product.
    const child = spawn(command, [...args, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' })
    child.on('error', () => resolve(1))
    child.on('exit', (exitCode) => resolve(exitCode ?? 1))
  })
  if (code !== 0) {
    console.error('npm ci failed; what it printed above says why. Nothing was started.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
  console.log(`Installed dependencies in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
}

/** The Node the product is pinned to; the running one if that is new enough. Exits 1 with a sentence otherwise. */
export function pinnedNode() {
  const pinned = ['node_modules/node/bin/node', 'node_modules/node/bin/node.exe', 'node_modules/.bin/node'].map((path) => join(root, path)).find((path) => existsSync(path))
  if (pinned) return pinned
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return process.execPath
  console.error(
    `The pinned Node 24 is missing from node_modules (were install scripts switched off?) and Node ${process.versions.node} is too old. ` +
      'Run "npm rebuild node", or start again under Node 24.',
  )
  process.exit(1)
}

/** Runs one of our TypeScript scripts under the pinned Node, hands signals on, and ends with its exit code. */
export function runScript(script, args) {
  const child = spawn(pinnedNode(), ['--import', 'tsx', join('scripts', script), ...args], {
    cwd: root,
    // The channel closes when this process dies, however it dies: the script then stops what it started.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // Ctrl-C reaches the whole group, `kill` only this process: the script takes both and ignores a repeat.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(`Node could not be started: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}
