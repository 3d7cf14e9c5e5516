import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { SettingError, root } from './settings.ts'

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
const INSTALL_TIMEOUT_MS = 300_000

/** The path of a browser to test with: said, installed, Playwright's own, downloaded, or from Debian. Throws when there is none. */
export function findBrowser(): string {
  const said = process.env.CHROMIUM_PATH
  if (said && !existsSync(said)) throw new SettingError(`CHROMIUM_PATH names ${said}, which does not exist.`)
  return said || installed() || bundled() || downloaded() || fromDebian() || fail()
}

function installed(): string | undefined {
  for (const name of INSTALLED) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
    } catch {
      continue
    }
  }
  return MAC.find((path) => existsSync(path))
}

function bundled(): string | undefined {
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : undefined
}

function downloaded(): string | undefined {
  console.log('No browser found; trying to download one …')
  spawnSync(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'], { stdio: 'inherit', timeout: INSTALL_TIMEOUT_MS })
  return bundled()
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  spawnSync('sh', ['-c', 'apt-get update -q && apt-get install -y -q --no-install-recommends chromium'], { stdio: 'inherit', timeout: INSTALL_TIMEOUT_MS })
  return installed()
}

function fail(): never {
  throw new SettingError('No browser for the end-to-end tests: install chromium, or set CHROMIUM_PATH to one.')
}
