import { createApiKey, revokeApiKey } from '@/lib/api-keys/api-keys'
import { createApiKeySchema } from '@/lib/api-keys/schema'
import type { Member } from '@/lib/tenancy/member'
import { withTenant } from '@/lib/tenancy/with-tenant'

const READ = ['organization:read', 'tasks:read']
const WORK = [...READ, 'tasks:create', 'tasks:update', 'tasks:move', 'mcp:execute']

/** One of each kind, of the program that works at Fern & Forge. Nobody has their texts: who wants to try one makes one. */
export async function makeKeys(program: Member): Promise<void> {
  await withTenant(program, async (scope) => {
    const { tx } = scope
    if ((await tx.apiKey.count()) > 0) return
    const website = await tx.project.findFirstOrThrow({ where: { slug: 'website-relaunch' } })
    const make = (input: Record<string, unknown>) => createApiKey(scope, createApiKeySchema.parse(input))
    await make({ name: 'Release notes', scopes: READ, days: 3 })
    const { id: expired } = await make({ name: 'Trial of a dashboard', scopes: READ, days: 1 })
    await tx.apiKey.updateMany({ where: { id: expired }, data: { expiresAt: new Date() } })
    await revokeApiKey(scope, (await make({ name: 'A laptop that was lost', scopes: READ, days: 90 })).id)
    await make({ name: 'Assistant of the relaunch', scopes: WORK, containerId: website.id, days: 90 })
    await make({ name: 'Status light', scopes: READ, ratePerHour: 10, days: 365 })
  })
}
