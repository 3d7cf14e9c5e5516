import { defineConfig } from '@playwright/test'

// Set by npm test, which finds the browser and starts the server: npm test -- e2e
export default defineConfig({
  testDir: 'e2e',
  workers: 3,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The long ones: npm run journeys.
  ...(process.env.JOURNEYS ? {} : { grepInvert: /@journey/ }),
  forbidOnly: Boolean(process.env.CI),
  outputDir: 'test-results/e2e',
  use: {
    baseURL: process.env.E2E_BASE_URL,
    // A trace doubles what a test costs: TRACE=1 npm test -- e2e --only "a plan" for the one that fails.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
})
