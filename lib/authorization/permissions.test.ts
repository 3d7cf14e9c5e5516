import { expect, test } from 'vitest'
import { ROLES } from '@/lib/tenancy/member'
import { can, type Permission, PERMISSIONS } from './permissions'

/** The whole table at a glance: a review shows any change of reach. */
test('what each role may do', () => {
  const table = Object.keys(PERMISSIONS).map((permission) => `${permission.padEnd(20)} ${ROLES.map((role) => (can(role, permission as Permission) ? role : '')).filter(Boolean).join(' ')}`)
  expect(table.join('\n')).toMatchInlineSnapshot()
})
