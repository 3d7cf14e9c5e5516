// Generates the Prisma client without network, unless the schema is the one it was generated from.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedNode, root } from './dependencies.mjs'

const schema = join(root, 'prisma/schema')
const stamp = join(root, 'lib/generated/.schema-hash')

function hash() {
  const sum = createHash('sha256').update(readFileSync(join(root, 'node_modules/prisma/package.json')))
  for (const name of readdirSync(schema).sort()) sum.update(name).update(readFileSync(join(schema, name)))
  return sum.digest('hex')
}

const now = hash()
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
  console.log('The Prisma client is current.')
} else {
  const { status } = spawnSync(pinnedNode(), [join(root, 'node_modules/prisma/build/index.js'), 'generate'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      // Generating runs in WebAssembly; naming any program keeps the command line from downloading its engine.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      PRISMA_GENERATE_NO_HINTS: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  if (status !== 0) process.exit(status ?? 1)
  mkdirSync(join(root, 'lib/generated'), { recursive: true })
  writeFileSync(stamp, now)
}
