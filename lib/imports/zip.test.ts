import { writeFile } from 'node:fs/promises'
import { Zip, ZipPassThrough } from 'fflate'
import { expect, test } from 'vitest'
import { withTemporary } from '@/lib/files/receive'
import { openZip } from './zip'

function zipOf(parts: [name: string, text: string][]): Buffer {
  const pieces: Uint8Array[] = []
  const zip = new Zip((_, piece) => pieces.push(piece))
  for (const [name, text] of parts) {
    const part = new ZipPassThrough(name)
    zip.add(part)
    part.push(Buffer.from(text), true)
  }
  zip.end()
  return Buffer.concat(pieces)
}

const open = (parts: [string, string][]) => withTemporary(async (path) => {
  await writeFile(path, zipOf(parts))
  const zip = await openZip(path)
  zip.close()
  return zip.has('manifest.json')
})

// Of two, one would be compared with its checksum and the other be read.
test('two parts of one name are refused, wherever they stand', async () => {
  expect(await open([['manifest.json', '{}'], ['tables/a.jsonl', 'a']])).toBe(true)
  await expect(open([['manifest.json', '{}'], ['manifest.json', '{"format":1}']])).rejects.toMatchObject({ status: 422, message: 'This workbook has two parts of one name.' })
  await expect(open([['tables/a.jsonl', 'a'], ['manifest.json', '{}'], ['tables/a.jsonl', 'b']])).rejects.toMatchObject({ status: 422 })
})
