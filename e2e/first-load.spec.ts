import { weighScripts } from '../scripts/first-load.ts'
import { expect, test } from './support/page'
import { BASE, signIn } from './support/people'

/** Compressed, with an empty cache: docs/benchmarks.md, rows g. */
const MAX_BYTES = 182_000

test('a first visit fetches no more script than its page needs', async ({ context }) => {
  await signIn(context, 'ada.moss@example.com')
  const project = '/fern-forge/projects/website-relaunch'
  for (const path of ['/sign-in', '/fern-forge/tasks', `${project}/board`, `${project}/tasks/1`, '/fern-forge/settings/members']) {
    const { bytes, files } = await weighScripts(context, `${BASE}${path}`)
    console.log(`script of a first visit: ${path} ${(bytes / 1_000).toFixed(0)} kB in ${files} files`)
    expect(files, path).toBeGreaterThan(5)
    expect(bytes, path).toBeLessThanOrEqual(MAX_BYTES)
  }
})
