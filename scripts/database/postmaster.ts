import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { SettingError } from '../settings.ts'

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether a PostgreSQL server runs on this data directory; waits while it starts. A pid file left by a crash is removed,
 * also when its number meanwhile belongs to something else (usual in containers, where numbers repeat).
 */
export async function isRunning(dataDir: string, timeoutS: number): Promise<boolean> {
  const until = Date.now() + timeoutS * 1000
  for (;;) {
    const lines = readPidFile(dataDir)
    if (!lines) return false
    const pid = Number(lines[0])
    if (!isAlive(pid) || !isPostgres(pid)) {
      rmSync(join(dataDir, 'postmaster.pid'), { force: true })
      return false
    }
    if (lines[7]?.trim() === 'ready' && (await answers(Number(lines[3])))) return true
    if (Date.now() > until) throw new SettingError(`The PostgreSQL server of ${dataDir} (process ${pid}) runs but does not answer: stop it and start again.`)
    await wait(200)
  }
}

export function runningPort(dataDir: string): number | undefined {
  return Number(readPidFile(dataDir)?.[3]) || undefined
}

// Lines of postmaster.pid: 0 process, 1 data directory, 3 port, 7 status.
function readPidFile(dataDir: string): string[] | undefined {
  const file = join(dataDir, 'postmaster.pid')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : undefined
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  } catch {
    return asksPs(pid)
  }
}

function asksPs(pid: number): boolean {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres')
  } catch {
    return false
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(Boolean(socket.end())))
    socket.once('error', () => resolve(false))
  })
}
