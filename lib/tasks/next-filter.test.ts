import { expect, test } from 'vitest'
import { v7 as uuidv7 } from '@/lib/uuid'
import { nextAddress, SKIPPED_MAX } from './next-address'
import { nextFilterOf } from './next-filter'

const read = (address: string) => nextFilterOf(Object.fromEntries(new URLSearchParams(address)))

test('filters and what was skipped are read from the address as they were written', () => {
  const filter = { person: uuidv7(), project: uuidv7(), workstream: uuidv7(), label: uuidv7(), skip: [uuidv7(), uuidv7()] }
  expect(read(nextAddress(filter))).toEqual(filter)
  expect(nextAddress(read(''))).toBe('')
})

test('the latest fifty that were skipped are remembered, by the address and by whoever reads it', () => {
  const skip = Array.from({ length: SKIPPED_MAX + 10 }, () => uuidv7())
  expect(read(nextAddress({ skip })).skip).toEqual(skip.slice(10))
  expect(read(`?skip=${skip.join(',')}`).skip).toEqual(skip.slice(10))
})

test('what is no id is left out', () => {
  expect(read('?person=me&project=x&workstream=%27&label=bug&skip=a,b')).toEqual({ person: '', project: '', workstream: '', label: '', skip: [] })
})
