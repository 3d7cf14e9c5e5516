import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

const root = import.meta.dirname
const EXCLUDED = [...configDefaults.exclude, 'e2e/**', '.next/**', '.data/**']

export default defineConfig({
  resolve: {
    alias: [
      // Throws outside a server component's bundle, which is right for pages and in the way of tests.
      { find: 'server-only', replacement: join(root, 'scripts/testing/empty.ts') },
      { find: /^@\//, replacement: `${root}/` },
    ],
  },
  test: {
    globals: false,
    exclude: EXCLUDED,
    pool: 'forks',
    projects: [
      // Tests wait for the database half of their time, so one file a core keeps both busy.
      { extends: true, test: { name: 'tests', include: ['**/*.test.ts'], exclude: [...EXCLUDED, '**/*.timing.test.ts'], maxWorkers: '100%', sequence: { groupOrder: 0 } } },
      // What compares times to the hundredth runs when nothing else does.
      { extends: true, test: { name: 'timing', include: ['**/*.timing.test.ts'], maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
    // Password hashing and the leak matrix take seconds on two busy cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
})
