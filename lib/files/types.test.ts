import { zipSync, strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { PNG, withFile } from '@/lib/testing/make-file'
import { FILE_LIMIT_BYTES } from './receive'
import { typeOf } from './types'

const type = (content: Buffer | string, name: string) => withFile(content, ({ path }) => typeOf(path, name))
const docx = Buffer.from(zipSync({ '[Content_Types].xml': strToU8('<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'), 'word/document.xml': strToU8('<w/>') }))

describe('what a file is, by its content', () => {
  test.each([
    ['a picture', PNG, 'x.png', 'image/png'], ['a picture called a text', PNG, 'x.txt', 'image/png'], ['a PDF', '%PDF-1.7\n', 'x.pdf', 'application/pdf'],
    ['a document', docx, 'x.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'], ['a text', 'plain', 'x.TXT', 'text/plain'], ['a list', 'a,b', 'x.csv', 'text/csv'],
  ])('%s', async (_, content, name, mime) => {
    expect(await type(content, name)).toBe(mime)
  })

  test.each([
    ['HTML', '<!doctype html><script>alert(1)</script>', 'x.html'], ['HTML called a picture', '<html><script>', 'x.png'], ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'x.svg'],
    ['XML', '<?xml version="1.0"?><x/>', 'x.xml'], ['a program', Buffer.from('7f454c4602010100', 'hex'), 'x.txt'], ['a Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]), 'x.jpg'],
    ['no ending', 'plain', 'README'], ['bytes called a text', Buffer.from([1, 0, 2, 3]), 'x.csv'],
  ])('%s is refused', async (_, content, name) => {
    await expect(type(content, name)).rejects.toMatchObject({ status: 415 })
  })
})

test('more than the limit is refused while it comes in; so is nothing', async () => {
  await expect(withFile(Buffer.alloc(FILE_LIMIT_BYTES + 1), () => Promise.resolve())).rejects.toMatchObject({ status: 413 })
  await expect(withFile('', () => Promise.resolve())).rejects.toMatchObject({ status: 422 })
})
