import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../settings.ts'
import { CatalogAdapter } from './catalog-adapter.ts'

type Glue = { SchemaEngine: typeof SchemaEngine; __wbg_set_wasm: (exports: WebAssembly.Exports) => void }
type SchemaFile = { path: string; content: string }

/** Reads `prisma/schema/*.prisma`, in the order of their names. */
export function readSchema(directory = join(root, 'prisma/schema')): SchemaFile[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.prisma')).sort()
  return names.map((name) => ({ path: join(directory, name), content: readFileSync(join(directory, name), 'utf8') }))
}

/**
 * The SQL that turns the database of `url` into what the schema says; empty when it is so already. Works without network:
 * the engine is WebAssembly and speaks through the same adapter as the product. Does not see policies, grants and functions.
 */
export async function diffSchema(url: string, files: SchemaFile[]): Promise<string> {
  const adapter = new CatalogAdapter(url)
  // Where a panic of the engine leaves its message.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) } })
  const engine = await openEngine(adapter, files)
  try {
    const to = { tag: 'schemaDatamodel' as const, files }
    // "The data source of the schema" is whatever the adapter is connected to.
    const from = { tag: 'schemaDatasource' as const, files, configDir: root }
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] } })
    const sql = (stdout ?? '').trim()
    return sql === '' || sql.startsWith('-- This is an empty migration') ? '' : `${sql}\n`
  } finally {
    engine.free()
    await adapter.close()
  }
}

// Instantiated by hand, because the package's entry imports the .wasm file as a module, which Node does only behind a flag.
async function openEngine(adapter: CatalogAdapter, files: SchemaFile[]) {
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Glue
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const module = await WebAssembly.compile(new Uint8Array(readFileSync(entry.replace(/\.js$/, '.wasm'))))
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports })
  glue.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return glue.SchemaEngine.new({ datamodels: files.map(({ path, content }) => [path, content]) }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter))
}
