import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const LEFT_OUT = new Set(['node_modules', '.git', '.next', '.data', 'test-results', 'playwright-report', 'generated'])
const TEXT = /\.(ts|tsx|mjs|json|md|sql|prisma|css|svg|example)$/

function files(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (LEFT_OUT.has(entry.name)) return []
    return entry.isDirectory() ? files(path) : TEXT.test(entry.name) && entry.name !== 'package-lock.json' ? [path] : []
  })
}
const sources = files(root).map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8') }))

const hits = (pattern: RegExp, allowed: (hit: string) => boolean = () => false) =>
  sources.flatMap(({ name, text }) => [...text.matchAll(pattern)].map(([hit]) => hit).filter((hit) => !allowed(hit)).map((hit) => `${name}: ${hit}`))

test('the walk finds the sources', () => {
  expect(sources.length).toBeGreaterThan(150)
})

test('L69 every address is invented, in a domain kept for examples', () => {
  expect(hits(/[\w.+-]+@[a-z][\w-]*(\.[\w-]+)*\.[a-z]{2,}/gi, (address) => /@([\w-]+\.)*(example\.(com|test|org|net)|example|invalid)$/i.test(address) || /^(postgresql|https?)/.test(address) || /@(db\.example\.com|evil\.example)/.test(address))).toEqual([])
})

test('L5 no credential is written down: keys, tokens, passwords with a value', () => {
  expect(hits(/(-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|sk_live_\w+|eyJ[\w-]{20,}\.eyJ)/g)).toEqual([])
  const example = readFileSync(join(root, '.env.example'), 'utf8')
  expect(example.split('\n').filter((text) => /^(NEXTAUTH_SECRET|DEMO_PASSWORD|.*_PASSWORD)=./.test(text))).toEqual([])
})

test('nothing is left to do in comments', () => {
  const marks = new RegExp(`\\b(${['TO', 'FIX'].map((start) => `${start}${start === 'TO' ? 'DO' : 'ME'}`).join('|')})\\b`, 'g')
  expect(hits(marks)).toEqual([])
})

test('no test is skipped or left alone', () => {
  const marks = new RegExp(`\\b(test|it|describe)\\.(${['skip', 'only', 'fixme', 'todo'].join('|')})\\b`, 'g')
  expect(hits(marks)).toEqual([])
})
