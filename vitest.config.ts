import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

const root = import.meta.dirname

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
    include: ['**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'e2e/**', '.next/**', '.data/**'],
    pool: 'forks',
    // Tests wait for the database half of their time, so one file a core keeps both busy.
    maxWorkers: '100%',
    // Password hashing and the leak matrix take seconds on two busy cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
})
