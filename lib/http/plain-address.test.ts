import { expect, test } from 'vitest'
import { plainAddress } from './plain-address'

test('one page has one address, however it is written; what means something else stays', () => {
  expect(plainAddress('/%66ern%2Dforge/t%61sks?q=%73alary')).toBe('/fern-forge/tasks?q=salary')
  for (const address of ['/fern/tasks?q=a%26b%3Dc', '/fern/a%2Fb', '/fern/a%0Ab', '/fern/%C3%A9', '/fern/%2561', '/fern/%zz%4', '/fern']) expect(plainAddress(address)).toBe(address)
})
