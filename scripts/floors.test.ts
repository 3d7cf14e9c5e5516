import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Lock = { packages: Record<string, { version?: string }> }
const read = <T>(file: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', file), 'utf8')) as T
const parts = (version: string) => version.split('.').map((part) => Number.parseInt(part, 10))

const { packages } = read<Lock>('package-lock.json')

test.each(Object.entries(read<Record<string, string>>('security-floors.json')))('%s is at or above its security floor %s', (name, minimum) => {
  const versions = Object.entries(packages).flatMap(([path, { version }]) => (path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`) ? [version!] : []))
  expect(versions.length).toBeGreaterThan(0)
  for (const version of versions) {
    // A release candidate of the floor is below it.
    expect(version).not.toContain('-')
    const [have, need] = [parts(version), parts(minimum)]
    const difference = have.map((part, index) => part - (need[index] ?? 0)).find((step) => step !== 0) ?? 0
    expect(difference, `${name} ${version}`).toBeGreaterThanOrEqual(0)
  }
})

test('prisma, its client and its adapter are one version', () => {
  expect(new Set(['prisma', '@prisma/client', '@prisma/adapter-pg'].map((name) => packages[`node_modules/${name}`]?.version)).size).toBe(1)
})
