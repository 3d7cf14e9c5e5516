import { expect, test } from 'vitest'
import { returnPath } from './return-path'

const HOSTS = ['evil.example', '//evil.example', 'https://evil.example', 'http:evil.example', 'javascript:alert(1)', 'data:text/html,x', 'evil.example/fern-forge', '@evil.example', 'https:/evil.example', 'HTTPS://EVIL.EXAMPLE']
const PREFIXES = ['', '/', '//', '///', '/\\', '\\', '\\\\', '/\t/', '/%2f', '/%5c', ' ', '\n', '/%09/', '/..//', '/.//']
const hostile = HOSTS.flatMap((host) => PREFIXES.map((prefix) => `${prefix}${host}`)).filter((path) => !/^\/[\w@.]/.test(path) || path.startsWith('/..') || path.startsWith('/.//'))

test(`L10 ${hostile.length} hostile return addresses stay on this site`, () => {
  expect(hostile.length).toBeGreaterThanOrEqual(80)
  for (const path of hostile) {
    const url = new URL(returnPath(path), 'https://app.example')
    expect(url.origin, path).toBe('https://app.example')
    expect(url.pathname.startsWith('//'), path).toBe(false)
  }
})

test('a path of this site is kept, with its query', () => {
  expect(returnPath('/fern-forge/tasks?status=open&q=a%20b')).toBe('/fern-forge/tasks?status=open&q=a%20b')
  for (const none of [null, undefined, '', '/sign-in', '/api/auth/signout']) expect(returnPath(none)).toBe('/organizations')
})
