import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { authorize, PERMISSIONS, type Permission } from '@/lib/authorization/permissions'

// Nouns whose records are a module's: reading them on a page or a route asks whether it is on.
const NOUNS = 'attachments|comments|goals|ideas|labels|links|notebook|projects|reports|search|suggestions|tasks|templates|workstreams'
// Where the noun itself asks, or the page's frame does (project-page.ts).
const ASKED_ELSEWHERE = [
  'app/[organization]/projects/[project]/board/page.tsx',
  'app/[organization]/projects/[project]/calendar/page.tsx',
  'app/[organization]/projects/[project]/notebook/page.tsx',
  'app/[organization]/projects/[project]/overview/page.tsx',
  'app/[organization]/projects/[project]/page.tsx',
  'app/[organization]/projects/[project]/timeline/page.tsx',
  'app/api/v1/[organization]/attachments/[attachment]/route.ts',
  'app/api/v1/[organization]/attachments/route.ts',
]

test('every page and route that reads what belongs to Projects asks whether it is switched on', () => {
  const readers = globSync('app/**/{page.tsx,route.ts}').filter((file) => new RegExp(`from '@/lib/(${NOUNS})/`).test(readFileSync(file, 'utf8')))
  expect(readers.length).toBeGreaterThan(8)
  expect(readers.filter((file) => !readFileSync(file, 'utf8').includes('isOn(')).sort()).toEqual(ASKED_ELSEWHERE)
})

test('which permissions are out of reach while no module is switched on', () => {
  const owner = { member: { role: 'owner' as const, organization: { slug: 'x', modules: [] } } }
  const isOff = (permission: string) => {
    try {
      authorize(owner, permission as Permission)
      return false
    } catch (error) {
      return (error as { code?: string }).code === 'module_off'
    }
  }
  const nouns = [...new Set(Object.keys(PERMISSIONS).map((permission) => permission.split(':')[0]!))]
  const off = nouns.filter((noun) => Object.keys(PERMISSIONS).filter((permission) => permission.startsWith(`${noun}:`)).every(isOff))
  expect(off.sort()).toEqual(['attachments', 'comments', 'contexts', 'goals', 'ideas', 'labels', 'projects', 'tasks', 'templates', 'workstreams'])
  // A noun that is new belongs to a module, or is named here as one that does not.
  expect(nouns.filter((noun) => !off.includes(noun)).sort()).toMatchInlineSnapshot(`
    [
      "access",
      "api_keys",
      "audit",
      "connections",
      "exports",
      "imports",
      "invitations",
      "isolation",
      "mcp",
      "members",
      "modules",
      "organization",
      "plan",
      "rates",
      "reports",
      "support",
      "teams",
      "views",
    ]
  `)
})
