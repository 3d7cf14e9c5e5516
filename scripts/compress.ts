// After a build: what browsers fetch once and keep is packed once, and as small as it gets. node scripts/compress.ts
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { root } from './settings.ts'

const pack = promisify(brotliCompress)
const WORTH_BYTES = 1_024

/** Writes a `.br` beside every script and stylesheet of the build; scripts/http/packed.ts hands them out. */
export async function compressBuild(directory = join(root, '.next/static')): Promise<void> {
  const names = (await readdir(directory, { recursive: true })).filter((name) => /\.(js|css)$/.test(name))
  await Promise.all(names.map(async (name) => {
    const bytes = await readFile(join(directory, name))
    if (bytes.length < WORTH_BYTES) return
    await writeFile(join(directory, `${name}.br`), await pack(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
  }))
}

if (import.meta.filename === process.argv[1]) await compressBuild()
