import 'server-only'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { InvalidError } from '@/lib/errors'
import type { SourceRow } from './source'
import { openZip, type Zip } from './zip'
import { dayStyles, readCell } from './xlsx-cells'

const STRINGS_MAX = 64 * 1_048_576

/**
 * The first sheet of a workbook, row by row. Values only: formulas, macros, links and what they would fetch are not looked at.
 * @throws InvalidError on what is no workbook, or unpacks to more than is taken
 */
export async function* readXlsx(path: string): AsyncGenerator<SourceRow> {
  const zip = await openZip(path)
  try {
    const { sheet, is1904 } = await findSheet(zip)
    const styles = zip.has('xl/styles.xml') ? await dayStyles(zip) : []
    const strings = await readStrings(zip)
    yield* readRows(zip, sheet, { strings, styles, is1904 })
  } finally {
    zip.close()
  }
}

/** The pieces of XML of one part, as a parser meets them; `take` gives back what has been finished since. */
export async function* parseXml<T>(zip: Zip, name: string, on: { open?: (tag: SaxesTagPlain) => void; close?: (name: string) => void; text?: (text: string) => void }, take: () => T[]): AsyncGenerator<T> {
  const parser = new SaxesParser()
  const local = (name: string) => name.replace(/^.*:/, '')
  parser.on('opentag', (tag) => on.open?.({ ...tag, name: local(tag.name) } as SaxesTagPlain))
  parser.on('closetag', (tag) => on.close?.(local(tag.name)))
  parser.on('text', (text) => on.text?.(text))
  parser.on('error', (error) => {
    throw new InvalidError(`This workbook is damaged (${name}: ${error.message.slice(0, 80)}).`)
  })
  const decoder = new TextDecoder()
  for await (const piece of zip.read(name)) {
    parser.write(decoder.decode(piece, { stream: true }))
    yield* take()
  }
  parser.close()
  yield* take()
}

/** Reads to the end for the sake of what is met on the way. */
export async function drain(parts: AsyncIterable<unknown>): Promise<void> {
  for await (const part of parts) void part
}

async function findSheet(zip: Zip): Promise<{ sheet: string; is1904: boolean }> {
  let relation = ''
  let is1904 = false
  if (!zip.has('xl/workbook.xml')) throw new InvalidError('This workbook has no sheet.')
  await drain(parseXml(zip, 'xl/workbook.xml', {
    open: ({ name, attributes }) => {
      if (name === 'sheet' && !relation && (attributes.state ?? 'visible') === 'visible') relation = String(attributes['r:id'] ?? '')
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(String(attributes.date1904))
    },
  }, () => []))
  let target = 'worksheets/sheet1.xml'
  if (zip.has('xl/_rels/workbook.xml.rels')) {
    await drain(parseXml(zip, 'xl/_rels/workbook.xml.rels', { open: ({ name, attributes }) => void (name === 'Relationship' && attributes.Id === relation && (target = String(attributes.Target))) }, () => []))
  }
  const sheet = target.startsWith('/') ? target.slice(1) : `xl/${target}`
  if (!zip.has(sheet)) throw new InvalidError('This workbook has no sheet that can be read.')
  return { sheet, is1904 }
}

async function readStrings(zip: Zip): Promise<string[]> {
  const strings: string[] = []
  if (!zip.has('xl/sharedStrings.xml')) return strings
  let [current, size, isText, isPhonetic] = ['', 0, false, false]
  await drain(parseXml(zip, 'xl/sharedStrings.xml', {
    open: ({ name }) => {
      if (name === 'si') current = ''
      if (name === 't') isText = true
      if (name === 'rPh') isPhonetic = true
    },
    text: (text) => {
      if (isText && !isPhonetic) current += text
    },
    close: (name) => {
      if (name === 't') isText = false
      if (name === 'rPh') isPhonetic = false
      if (name !== 'si') return
      size += current.length
      if (size > STRINGS_MAX) throw new InvalidError('This workbook unpacks to more than is taken.')
      strings.push(current)
    },
  }, () => []))
  return strings
}

async function* readRows(zip: Zip, sheet: string, context: { strings: string[]; styles: boolean[]; is1904: boolean }): AsyncGenerator<SourceRow> {
  const rows: SourceRow[] = []
  let line = 0
  let cells: string[] = []
  let cell: { column: number; type: string; style: number; value: string } | null = null
  let isValue = false
  yield* parseXml(zip, sheet, {
    open: ({ name, attributes }) => {
      if (name === 'row') [line, cells] = [Number(attributes.r) || line + 1, []]
      if (name === 'c') cell = { column: columnOf(String(attributes.r ?? '')) ?? cells.length, type: String(attributes.t ?? 'n'), style: Number(attributes.s ?? 0), value: '' }
      // Text within the value or the inline string; a formula stands beside them, in `f`.
      if (name === 'v' || name === 't') isValue = true
    },
    text: (text) => {
      if (cell && isValue) cell.value += text
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false
      if (name === 'c' && cell) {
        if (cell.column < 1_000) {
          while (cells.length < cell.column) cells.push('')
          cells[cell.column] = readCell(cell, context)
        }
        cell = null
      }
      if (name === 'row') rows.push({ line, cells })
    },
  }, () => rows.splice(0))
}

function columnOf(reference: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  return letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : null
}
