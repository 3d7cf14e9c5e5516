import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import type { JsonObject } from './merge'

const TASKS_ALIKE = 3

/**
 * Proposes for a workstream what three of its tasks say alike in the same section; applies nothing. Once: what was proposed
 * before, whatever became of it, and what the workstream says already is not proposed again.
 */
export async function proposePatterns(scope: Scope, taskId: string, section: string, data: JsonObject): Promise<void> {
  const { tx, member } = scope
  const task = await tx.task.findFirst({ where: { id: taskId }, include: { project: true, workstream: true, parent: { include: { workstream: true } } } })
  const workstream = task?.parent ? task.parent.workstream : task?.workstream
  if (!task || !workstream) return
  const workstreamId = workstream.id
  const { tenantId, userId } = member
  const alike = await tx.$queryRaw<{ name: string }[]>`
    SELECT k.key AS name FROM jsonb_each(${JSON.stringify(data)}::jsonb) k
     WHERE (SELECT count(DISTINCT e.task_id) FROM context_entries e JOIN tasks t ON t.tenant_id = ${tenantId}::uuid AND t.project_id = e.container_id AND t.id = e.task_id
             WHERE e.tenant_id = ${tenantId}::uuid AND e.container_id = ${task.projectId}::uuid AND e.level = 'task' AND e.section = ${section} AND t.workstream_id = ${workstreamId}::uuid AND t.deleted_at IS NULL AND e.data -> k.key = k.value) >= ${TASKS_ALIKE}
       AND NOT EXISTS (SELECT FROM context_entries e WHERE e.tenant_id = ${tenantId}::uuid AND e.container_id = ${task.projectId}::uuid AND e.workstream_id = ${workstreamId}::uuid AND e.section = ${section} AND e.data -> k.key = k.value)
       AND NOT EXISTS (SELECT FROM context_delegations d WHERE d.tenant_id = ${tenantId}::uuid AND d.project_id = ${task.projectId}::uuid AND d.to_workstream_id = ${workstreamId}::uuid AND d.section = ${section} AND d.data -> k.key = k.value)`
  if (alike.length === 0) return
  const piece = Object.fromEntries(alike.map(({ name }) => [name, data[name]!]))
  const id = uuidv7()
  await tx.contextDelegation.createMany({
    data: [{
      id, projectId: task.projectId, fromLevel: 'task', fromTaskId: taskId, toLevel: 'workstream', toWorkstreamId: workstreamId, section, data: piece,
      reason: `${TASKS_ALIKE} tasks of this workstream say the same.`, trigger: 'pattern', createdBy: userId,
    }],
  })
  await recordAudit(scope, {
    action: 'notebook.passed_on', entityKind: 'context_delegation', entityId: id, containerId: task.projectId,
    label: `${section}, ${task.project.key}-${task.number} ${task.title}`, changes: { to: [null, workstream.name], trigger: [null, 'pattern'] },
  })
}
