import { describe, expect, test } from 'vitest'
import { split } from './split.ts'

const texts = (sql: string) => split(sql).map(({ text }) => text)

describe('split', () => {
  test.each([
    ['two statements', 'SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
    ['no last semicolon', 'SELECT 1;\nSELECT 2', ['SELECT 1', 'SELECT 2']],
    ['nothing', ' ;; -- only a comment\n /* another; */ ', []],
    ['a string', `SELECT 'a;b''c;', 1; SELECT 2`, [`SELECT 'a;b''c;', 1`, 'SELECT 2']],
    ['an escape string', String.raw`SELECT E'a\';b'; SELECT 2`, [String.raw`SELECT E'a\';b'`, 'SELECT 2']],
    ['a backslash in a plain string', String.raw`SELECT 'a\'; SELECT 2`, [String.raw`SELECT 'a\'`, 'SELECT 2']],
    ['a quoted name', 'SELECT 1 AS "a;""b;"; SELECT 2', ['SELECT 1 AS "a;""b;"', 'SELECT 2']],
    ['a dollar body', 'DO $$ BEGIN PERFORM 1; END $$; SELECT 2', ['DO $$ BEGIN PERFORM 1; END $$', 'SELECT 2']],
    ['a tagged body around an untagged one', 'DO $a$ x; $$ y; $$ z; $a$; SELECT 2', ['DO $a$ x; $$ y; $$ z; $a$', 'SELECT 2']],
    ['dollars inside a name', 'SELECT a$b$c; SELECT d$b$e', ['SELECT a$b$c', 'SELECT d$b$e']],
    ['parameters', 'PREPARE p AS SELECT $1; EXECUTE p', ['PREPARE p AS SELECT $1', 'EXECUTE p']],
    ['a line comment', "SELECT 1 -- it's; fine\n; SELECT 2", ["SELECT 1 -- it's; fine", 'SELECT 2']],
    ['nested block comments', 'SELECT /* a; /* b; */ c; */ 1; SELECT 2', ['SELECT /* a; /* b; */ c; */ 1', 'SELECT 2']],
    ['an open string', "SELECT 1; SELECT 'a; b", ['SELECT 1', "SELECT 'a; b"]],
    ['an open body', 'SELECT 1; DO $x$ a; b', ['SELECT 1', 'DO $x$ a; b']],
  ])('%s', (_, sql, expected) => {
    expect(texts(sql)).toEqual(expected)
  })

  test('a statement starts on the line of its first word, after its comments', () => {
    expect(split('-- first\nSELECT 1;\n\n/* second\n*/ SELECT 2').map(({ line }) => line)).toEqual([2, 5])
  })
})
