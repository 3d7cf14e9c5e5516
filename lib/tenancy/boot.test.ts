import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { withConnection } from '@/lib/testing/connections'
import { checkConnection } from './boot'

const urlOf = (name: string, role?: string) => {
  const url = new URL(process.env[name]!)
  if (role) Object.assign(url, { username: role, password: 'only-for-this-test' })
  return url.href
}

test('L51 the two runtime roles may serve', async () => {
  await expect(checkConnection('TENANT_DATABASE_URL', urlOf('TENANT_DATABASE_URL'))).resolves.toBeUndefined()
  await expect(checkConnection('PLATFORM_DATABASE_URL', urlOf('PLATFORM_DATABASE_URL'))).resolves.toBeUndefined()
})

test.each([
  ['SUPERUSER', 'is a superuser'], ['BYPASSRLS', 'may bypass row security'], ['CREATEROLE', 'may create roles'], ['IN ROLE app_owner', 'is a member of another role'],
])('L51 a role with %s may not', async (attribute, reason) => {
  const role = `boot_${randomBytes(4).toString('hex')}`
  await withConnection('DATABASE_URL', async (client) => {
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'only-for-this-test' ${attribute}`)
    await client.query(`GRANT CONNECT ON DATABASE ${new URL(urlOf('DATABASE_URL')).pathname.slice(1)} TO ${role}`)
    try {
      await expect(checkConnection('TENANT_DATABASE_URL', urlOf('DATABASE_URL', role))).rejects.toThrow(reason)
    } finally {
      await client.query(`DROP OWNED BY ${role}`)
      await client.query(`DROP ROLE ${role}`)
    }
  })
})

test('a server that does not answer is one sentence naming the setting', async () => {
  await expect(checkConnection('TENANT_DATABASE_URL', 'postgresql://nobody:x@127.0.0.1:1/none')).rejects.toThrow(/^TENANT_DATABASE_URL: the database cannot be reached/)
})
