import { type ConsoleMessage, expect, type Page, test as base } from '@playwright/test'
import { actOnHydrated } from './hydrated'

/** A page whose test fails on any console error, uncaught exception or violation of the content security policy. */
export const test = base.extend<{ allowed: RegExp[] }>({
  allowed: [[], { option: true }],
  page: async ({ page, allowed }, use) => {
    actOnHydrated(page)
    const problems: string[] = []
    watch(page, problems)
    await use(page)
    const unexpected = problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)))
    expect(unexpected, 'console errors and policy violations').toEqual([])
  },
})

export function watch(page: Page, problems: string[]): void {
  page.on('console', (message: ConsoleMessage) => message.type() === 'error' && problems.push(`${message.text()} ${message.location().url}`))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (/^http/.test(protocol) && host !== new URL(process.env.E2E_BASE_URL!).host) problems.push(`request to another host: ${host}`)
  })
}

export { expect }

/** A name that no other test uses. */
export function unique(name: string): string {
  return `${name} ${Math.random().toString(36).slice(2, 8)}`
}
