import type { BrowserContext } from '@playwright/test'

/** The bytes of script, compressed as they travel, that a browser with an empty cache fetches for a page before anybody touches it. */
export async function weighScripts(context: BrowserContext, address: string): Promise<{ files: number; bytes: number }> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  const [scripts, sizes] = [new Set<string>(), new Map<string, number>()]
  devtools.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => void sizes.set(requestId, encodedDataLength))
  const answer = await page.goto(address, { waitUntil: 'load' })
  if (answer?.status() !== 200) throw new Error(`${address} answered ${answer?.status()}.`)
  // What the page's own scripts fetch after it, without anybody's doing.
  await page.waitForTimeout(700)
  await page.close()
  const found = [...scripts].flatMap((id) => sizes.get(id) ?? [])
  return { files: found.length, bytes: found.reduce((sum, size) => sum + size, 0) }
}
