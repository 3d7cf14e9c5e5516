import type { Locator, Page } from '@playwright/test'

const WAIT_MS = 10_000
const ACTS = ['click', 'check', 'uncheck', 'fill', 'press', 'selectOption', 'setInputFiles', 'focus', 'hover', 'tap'] as const

let patched = false

/**
 * What a test does with an element waits until React owns it. A page stands there before its scripts run: on a busy machine
 * a browser that is driven clicks in between, as no hand would, and the click is gone.
 */
export function actOnHydrated(page: Page): void {
  if (patched) return
  patched = true
  const prototype = Object.getPrototypeOf(page.locator('html')) as Record<string, (this: Locator, ...args: unknown[]) => Promise<unknown>>
  for (const name of ACTS) {
    const act = prototype[name]!
    prototype[name] = async function (...args) {
      // What cannot be asked (gone, not there, twice) is said by the act itself.
      await this.evaluate(owned, WAIT_MS, { timeout: WAIT_MS }).catch(() => undefined)
      return act.apply(this, args)
    }
  }
  // A key goes to whoever listens on the page: all of it must be there.
  const keyboard = Object.getPrototypeOf(page.keyboard) as Record<string, (this: { _page: Page }, ...args: unknown[]) => Promise<unknown>>
  for (const name of ['press', 'type']) {
    const act = keyboard[name]!
    keyboard[name] = async function (...args) {
      await this._page.evaluate(ownedAll, WAIT_MS).catch(() => undefined)
      return act.apply(this, args)
    }
  }
}

async function ownedAll(waitMs: number): Promise<void> {
  const areOwned = () => [...document.querySelectorAll('main a, main button, main input')].every((element) => Object.keys(element).some((key) => key.startsWith('__reactProps$')))
  const until = Date.now() + waitMs
  while ('__next_f' in window && !areOwned() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Runs in the page. Other hosts' pages have no React and nothing to wait for. */
async function owned(element: Element, waitMs: number): Promise<void> {
  const isOwned = () => Object.keys(element).some((key) => key.startsWith('__reactProps$'))
  const until = Date.now() + waitMs
  while ('__next_f' in window && element.isConnected && !isOwned() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
}
