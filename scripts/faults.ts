// Faults against the production build and a PostgreSQL of its own, with a ledger of every write: npm run faults [-- --only NAME]. Some four minutes; --short is the minute that npm test takes for it.
import { parseArgs } from 'node:util'
import { writeFileSync } from 'node:fs'
import { FAULTS, LENGTHS, SHORT } from './faults/faults.ts'
import { isHeld, print, type Line } from './faults/ledger.ts'
import { measureNeighbours } from './faults/neighbours.ts'
import { Site } from './faults/site.ts'
import { onStop, stopAll } from './processes.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, short: { type: 'boolean', default: false }, report: { type: 'string' } } })
const wanted = (name: string) => (!values.only || name.includes(values.only)) && (!values.short || SHORT.includes(name))
const site = new Site(values.short ? LENGTHS.short : LENGTHS.whole)
const close = async () => {
  await site.close()
  await stopAll()
}
onStop(async () => {
  await close()
  process.exit(130)
})

let isWell = true
try {
  await site.open()
  const lines: Line[] = []
  for (const [name, fault] of Object.entries(FAULTS)) {
    if (!wanted(name)) continue
    const line = await fault(site)
    if (typeof line === 'string') console.log(`${name}: ${line}`)
    else lines.push(line)
  }
  if (lines.length) isWell = print(lines)
  if (values.report) writeFileSync(values.report, JSON.stringify({ passed: lines.filter(isHeld).length, failed: lines.filter((line) => !isHeld(line)).length }))
  if (wanted('noisy neighbour')) isWell = (await measureNeighbours(site)) && isWell
} catch (error) {
  console.error(error)
  isWell = false
}
await close()
process.exit(isWell ? 0 : 1)
