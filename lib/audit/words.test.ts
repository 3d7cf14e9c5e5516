import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PROJECT_STATUSES } from '@/lib/projects/rules'
import { ACTIONS } from './action-words'
import { describeAction, describeField, describeValue } from './words'

const read = (pattern: string) => globSync(pattern).filter((path) => !/\.(test|proof)\.ts$|generated|many-events|lib.(testing|isolation)./.test(path)).map((path) => readFileSync(path, 'utf8')).join('\n')

// Events of a person's own security log are described where it is shown.
const OWN = /^(email|identity|password|profile|session|user|device|passkey|totp|recovery_codes)\./

test('every action that the code records has words', () => {
  const literals = [...read('lib/**/*.ts').matchAll(/action[^\n]*/g)].flatMap(([line]) => [...line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, action]) => action!))
  const fromDatabase = [...read('prisma/migrations/*/migration.sql').matchAll(/INSERT INTO public\.audit_events[^;]*/g)].flatMap(([statement]) => [...statement.matchAll(/'((?:member|organization|invitation|audit)\.[a-z_]+)'/g)].map(([, action]) => action!))
  const composed = ['access_rule.activated', 'access_rule.deactivated', 'module.enabled', 'module.disabled', 'idea.validated', 'idea.rejected', ...(['accepted', 'modified', 'rejected'] as const).map((status) => `suggestion.${status}`), ...PROJECT_STATUSES.map((status) => `project.${status === 'active' ? 'resumed' : status}`)]
  const actions = [...new Set([...literals, ...fromDatabase, ...composed])].filter((action) => !OWN.test(action))
  expect(actions.length).toBeGreaterThan(60)
  expect(actions.filter((action) => !ACTIONS[action])).toEqual([])
})

test('an action reads as a sentence, with its record or without', () => {
  expect(describeAction('api_key.created', true)).toBe('Made the API key')
  expect(describeAction('attachment.created', true)).toBe('Added a file to')
  expect(describeAction('attachment.created')).toBe('Added a file')
  expect(describeAction('organization.restored')).toBe('Brought the organization back')
  expect(describeAction('time_entry.sent_back')).toBe('Sent back time entry')
})

test('fields and values are words', () => {
  expect(describeField('graceDays')).toBe('days to set one up')
  expect(describeField('someNewField')).toBe('some new field')
  expect(describeValue(1_234_567, new Map(), 'sizeBytes')).toBe('1,235 kB')
  expect(describeValue(12, new Map(), 'sizeBytes')).toBe('1 kB')
  expect(describeValue(true, new Map())).toBe('yes')
  expect(describeValue(null, new Map())).toBe('none')
  const id = '018f0005-8000-7008-8000-00000000004b'
  expect([describeValue(id, new Map(), 'assignees'), describeValue(id, new Map([[id, 'Ada Moss']]), 'assignees'), describeValue(id, new Map(), 'parentId')]).toEqual(['someone', 'Ada Moss', 'another task'])
})
