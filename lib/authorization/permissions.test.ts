import { expect, test } from 'vitest'
import { ROLES } from '@/lib/tenancy/member'
import { can, type Permission, PERMISSIONS } from './permissions'
import { PERMISSION_WORDS } from './words'

/** The whole table at a glance: a review shows any change of reach. */
test('what each role may do', () => {
  const table = Object.keys(PERMISSIONS).map((permission) => `${permission.padEnd(22)} ${ROLES.map((role) => (can(role, permission as Permission) ? role : '')).filter(Boolean).join(' ')}`)
  expect(table.join('\n')).toMatchInlineSnapshot(`
    "organization:read      owner admin manager member field viewer
    organization:update    owner admin
    organization:transfer  owner
    organization:delete    owner
    organization:archive   owner
    plan:manage            owner
    modules:manage         owner admin
    members:read           owner admin manager member field viewer
    members:manage         owner admin
    invitations:create     owner admin
    access:manage          owner admin
    teams:create           owner admin
    teams:manage           owner admin manager
    projects:read          owner admin manager member field viewer
    projects:create        owner admin manager member
    projects:update        owner admin manager member
    projects:delete        owner admin manager member
    workstreams:read       owner admin manager member field viewer
    workstreams:manage     owner admin manager member
    goals:read             owner admin manager member field viewer
    goals:manage           owner admin manager
    ideas:read             owner admin manager member field viewer
    ideas:create           owner admin manager member field
    ideas:convert          owner admin manager member
    contexts:read          owner admin manager member field viewer
    contexts:update        owner admin manager member
    contexts:delegate      owner admin manager member
    contexts:approve       owner admin manager member
    contexts:approve_any   owner admin manager
    templates:manage       owner admin manager member
    tasks:read             owner admin manager member field viewer
    tasks:create           owner admin manager member
    tasks:update           owner admin manager member
    tasks:move             owner admin manager member field
    tasks:delete           owner admin manager member
    tasks:delete_any       owner admin manager
    comments:create        owner admin manager member field
    labels:manage          owner admin manager member
    views:share            owner admin manager member
    attachments:create     owner admin manager member field
    rates:read             owner admin manager
    reports:read           owner admin manager member field viewer
    exports:run            owner admin manager member field viewer
    imports:run            owner admin manager member
    imports:undo           owner admin manager member
    imports:undo_any       owner admin
    imports:assign         owner admin
    api_keys:create        owner admin manager member
    mcp:execute            owner admin manager member
    api_keys:manage        owner admin
    connections:manage     owner admin
    audit:read             owner admin
    isolation:read         owner admin
    support:end            owner admin
    support:consent        owner"
  `)
})

test('every permission is said in words a person understands', () => {
  expect(Object.keys(PERMISSION_WORDS).sort()).toEqual(Object.keys(PERMISSIONS).sort())
  // Whoever has it in part has it.
  for (const [permission, { only = {} }] of Object.entries(PERMISSION_WORDS)) for (const role of Object.keys(only)) expect(can(role as never, permission as Permission), `${permission} ${role}`).toBe(true)
})
