import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clsx } from 'clsx'
import { twMerge } from 'tailwind-merge'
import { expect, test } from 'vitest'
import { classNames } from './class-names'

const root = join(import.meta.dirname, '../..')
const sources = ['app', 'components'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx') || name === 'ui/button-class.ts').map((name) => join(root, folder, name)))
const text = sources.map((file) => readFileSync(file, 'utf8'))
/** What is handed to classNames or buttonClass, in this repository: the one side of a conflict; and what is given as className: the other. */
const bases = new Set(text.flatMap((code) => [...code.matchAll(/(?:classNames|buttonClass)\(([^\n]*)/g)].flatMap(([, call]) => [...call!.matchAll(/'([^'\n]+)'/g)].map(([, found]) => found!))).concat(text.flatMap((code) => [...code.matchAll(/^ {2,}\w+: '([a-z][^'\n]* [^'\n]*)',?$/gm)].map(([, found]) => found!))))
const given = new Set(text.flatMap((code) => [...code.matchAll(/className="([^"\n]+)"/g)].map(([, found]) => found!)))

test('every class that is given replaces what the whole table of Tailwind would replace, in every base of this repository', () => {
  expect(bases.size).toBeGreaterThan(30)
  expect(given.size).toBeGreaterThan(300)
  const wrong = new Set<string>()
  for (const base of bases) for (const one of given) {
    const [ours, whole] = [classNames(base, one), twMerge(clsx(base, one))]
    const differ = [...ours.split(' ').filter((name) => !whole.split(' ').includes(name)).map((name) => `${name} stays`), ...whole.split(' ').filter((name) => !ours.split(' ').includes(name)).map((name) => `${name} goes`)]
    if (differ.length) wrong.add(`${differ.join(', ')}: ${base} + ${one}`)
  }
  expect([...wrong].slice(0, 20)).toEqual([])
})
