import { ensureDependencies, runScript } from './dependencies.mjs'

// npm test                     everything
// npm test -- unit             types, lint, schema, unit and integration tests
// npm test -- e2e              build, seed, browser tests
// npm run accessibility        axe on every page in both colour schemes; npm test asks one page in six
// npm run journeys             the long journeys in the browser; npm test has the short ones
// npm run proof               what takes minutes: races of a hundred rounds, a hundred thousand rows
// npm test -- --only members   only test files or titles that match, in either
await ensureDependencies()
runScript('test.ts', process.argv.slice(2))
