import 'server-only'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { InvalidError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { MODULES, type ModuleKey } from './modules'

export const switchModuleSchema = z.strictObject({ module: z.string().max(40), enabled: z.stringbool() })

export type ModuleState = { key: ModuleKey; label: string; description: string; isOn: boolean }

/** Modules that this version has. Those to come are not offered. */
export function listModules({ member }: Scope): ModuleState[] {
  return (Object.keys(MODULES) as ModuleKey[]).flatMap((key) => {
    const { label, description } = MODULES[key]
    return description ? [{ key, label, description, isOn: member.organization.modules.includes(key) }] : []
  })
}

/** Acts on everybody's next request. Off hides and refuses, and deletes nothing; on brings all of it back. */
export async function switchModule(scope: Scope, { module, enabled }: z.infer<typeof switchModuleSchema>): Promise<{ label: string }> {
  authorize(scope, 'modules:manage')
  const wanted = listModules(scope).find(({ key }) => key === module)
  if (!wanted) throw new InvalidError('Choose a module of the list.', { module: ['Choose a module of the list.'] })
  const { tx, member } = scope
  const { count } = await tx.organizationModule.updateMany({ where: { key: wanted.key, enabled: !enabled }, data: { enabled, version: { increment: 1 } } })
  const made = count > 0 ? 0 : (await tx.organizationModule.createMany({ data: [{ id: uuidv7(), key: wanted.key, enabled, createdBy: member.userId }], skipDuplicates: true })).count
  if (count + made > 0) await recordAudit(scope, { action: `module.${enabled ? 'enabled' : 'disabled'}`, entityKind: 'module', entityId: member.tenantId, label: wanted.label })
  return { label: wanted.label }
}
