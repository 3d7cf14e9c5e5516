import { execFileSync, spawn, spawnSync, type StdioOptions } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { SettingError } from '../settings.ts'

/** The user PostgreSQL runs as: ourselves, or, because it refuses to run as root, another one. */
export type Account = { uid?: number; gid?: number; give: (path: string) => void; makeDir: (path: string) => void }

const asRoot = () => process.getuid?.() === 0

/** As root: the owner of the data directory, else the user `postgres`, made if the system has none. */
export function accountFor(dataDir: string): Account {
  if (!asRoot()) {
    if (existsSync(dataDir) && process.getuid && statSync(dataDir).uid !== process.getuid())
      throw new SettingError(`${dataDir} belongs to another user: start as that user, or delete it together with ${dataDir}.json.`)
    return { give: () => undefined, makeDir: (path) => mkdirSync(path, { mode: 0o700 }) }
  }
  const owner = existsSync(dataDir) ? statSync(dataDir) : undefined
  const { uid, gid } = owner?.uid ? owner : postgresUser()
  const give = (path: string) => chownSync(path, uid, gid)
  const makeDir = (path: string) => {
    mkdirSync(path, { mode: 0o700 })
    give(path)
  }
  return { uid, gid, give, makeDir }
}

function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'ignore' })
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      throw new SettingError('PostgreSQL refuses to run as root and no user "postgres" could be made: start as an ordinary user, or set DATABASE_URL.')
    }
  }
}

/**
 * Lets the account reach a directory. Above a checkout in root's home, search permission (not listing) is added where it
 * is missing, and said: without it PostgreSQL could not start there at all.
 */
export function openWay(directory: string, account: Account) {
  if (account.uid === undefined || reaches(directory, account)) return
  for (const path of ancestors(directory)) {
    const { mode, uid } = statSync(path)
    if (mode & 0o001 || uid === account.uid) continue
    chmodSync(path, (mode & 0o7777) | 0o001)
    console.log(`Gave search permission (o+x) on ${path}, so that the user "postgres" can reach ${directory}`)
  }
  if (!reaches(directory, account)) throw new SettingError(`The user PostgreSQL runs as cannot enter ${directory}: move the checkout, start as an ordinary user, or set DATABASE_URL.`)
}

const reaches = (directory: string, { uid, gid }: Account) => spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0

function ancestors(directory: string): string[] {
  const parent = dirname(directory)
  return parent === directory ? [directory] : [...ancestors(parent), directory]
}

/** Runs a PostgreSQL program as the account; rejects with what it printed on stderr when it fails. */
export function runAs({ uid, gid }: Account, program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // A server that stays must not hold our pipes open: its output goes to its log.
    const stdio: StdioOptions = ['ignore', 'ignore', args[0] === 'start' ? 'ignore' : 'pipe']
    const env = { PATH: process.env.PATH, LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv
    const child = spawn(program, args, { uid, gid, cwd: '/', env, stdio })
    let errors = ''
    child.stderr?.on('data', (chunk) => (errors += String(chunk)))
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(errors.trim() || `${program} ended with ${code}`))))
  })
}
