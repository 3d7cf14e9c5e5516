import 'server-only'
import { ForbiddenError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'

export type Access = { canEdit: boolean; canManage: boolean }

/** What I may do with a container that I can see, as the policies will judge it. */
export async function accessTo(scope: Scope, containerId: string): Promise<Access> {
  const [access] = await scope.tx.$queryRaw<Access[]>`
    SELECT ${containerId}::uuid IN (SELECT kernel.containers_for('edit')) AS "canEdit",
           ${containerId}::uuid IN (SELECT kernel.containers_for('manage')) AS "canManage"`
  return access ?? { canEdit: false, canManage: false }
}

/** @throws ForbiddenError when the project is mine to see but not to edit */
export async function requireEdit(scope: Scope, containerId: string): Promise<void> {
  if (!(await accessTo(scope, containerId)).canEdit) throw new ForbiddenError('You can see this project but not change it. Ask its owner for edit access.')
}

/** @throws ForbiddenError when the project is mine to see but not to manage */
export async function requireManage(scope: Scope, containerId: string): Promise<void> {
  if (!(await accessTo(scope, containerId)).canManage) throw new ForbiddenError('Only people who manage this project may do that. Ask its owner.')
}
