import { expect, test } from 'vitest'
import { ROLES } from '@/lib/tenancy/member'
import { can, type Permission, PERMISSIONS } from './permissions'

/** The whole table at a glance: a review shows any change of reach. */
test('what each role may do', () => {
  const table = Object.keys(PERMISSIONS).map((permission) => `${permission.padEnd(20)} ${ROLES.map((role) => (can(role, permission as Permission) ? role : '')).filter(Boolean).join(' ')}`)
  expect(table.join('\n')).toMatchInlineSnapshot(`
    "members:manage       owner admin
    organization:transfer owner
    organization:delete  owner
    plan:manage          owner
    modules:manage       owner admin
    invitations:create   owner admin
    access:manage        owner admin
    organization:update  owner admin
    teams:manage         owner admin
    audit:read           owner admin
    isolation:read       owner admin
    projects:create      owner admin manager member
    projects:update      owner admin manager member
    tasks:create         owner admin manager member
    tasks:update         owner admin manager member
    tasks:move           owner admin manager member field
    tasks:delete         owner admin manager member
    tasks:delete_any     owner admin manager
    labels:manage        owner admin manager member
    comments:create      owner admin manager member field
    attachments:create   owner admin manager member field
    imports:run          owner admin manager member
    imports:undo         owner admin manager member
    imports:undo_any     owner admin
    exports:run          owner admin manager member field viewer"
  `)
})
