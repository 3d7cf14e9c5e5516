import { chromium } from '@playwright/test'
import { findBrowser } from '../browser.ts'
import { weighScripts } from '../first-load.ts'
import { connectTo, signIn } from './http.ts'
import { EMAIL, PASSWORD } from './site.ts'
import type { Row } from './table.ts'

const PAGES = ['', '/tasks', '/projects', '/calendar', '/workload', '/reports', '/ideas', '/notebook', '/settings/members']

/** Rows g: what a first visit to a page fetches of script, by a real browser. */
export async function measureFirstLoad(port: number): Promise<Row[]> {
  const base = `http://localhost:${port}`
  const { ask, close } = connectTo(port, 1)
  const cookie = await signIn(ask, EMAIL, PASSWORD)
  close()
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext()
    await context.addCookies(cookie.split('; ').map((one) => ({ name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1), url: base })))
    const rows: Row[] = []
    for (const path of PAGES) {
      const { files, bytes } = await weighScripts(context, `${base}/northline${path}`)
      rows.push({ what: `g  script of a first visit, ${path || '/'}`, figure: `${(bytes / 1_000).toFixed(0)} kB`, detail: `goal 180 kB compressed, ${files} files` })
    }
    return rows
  } finally {
    await browser.close()
  }
}
