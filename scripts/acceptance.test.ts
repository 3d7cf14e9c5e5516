import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'docs/acceptance.md'), 'utf8')
const scenarios = text.split(/^(?=\d+\. \*\*)/m).slice(1)
const named = (part: string) => [...part.matchAll(/^ +- `([^`]+)`: (.+)$/gm)].map(([, file, title]) => ({ file: file!, title: title! }))

test('all nineteen scenarios are there, each with a test', () => {
  expect(scenarios.map((scenario) => Number.parseInt(scenario, 10))).toEqual(Array.from({ length: 19 }, (_, at) => at + 1))
  expect(scenarios.filter((scenario) => named(scenario).length === 0)).toEqual([])
})

test('each test that is named is there, under its title', () => {
  const missing = named(text).filter(({ file, title }) => !existsSync(join(root, file)) || ![`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => readFileSync(join(root, file), 'utf8').includes(quoted)))
  expect(missing).toEqual([])
})
