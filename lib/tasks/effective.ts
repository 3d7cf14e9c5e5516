import { sql, type Sql } from '@/lib/tenancy/sql'

/** Whose a task is: its assignees', and where a subtask has none its parent's. */
export const assignedToPerson = (userId: string) => ({
  OR: [{ assignees: { some: { userId, role: 'assignee' } } }, { assignees: { none: { role: 'assignee' } }, parent: { assignees: { some: { userId, role: 'assignee' } } } }],
})

/** Nobody's: neither it nor its parent has an assignee. */
export const IS_NOBODYS = { assignees: { none: { role: 'assignee' } }, OR: [{ parentId: null }, { parent: { assignees: { none: { role: 'assignee' } } } }] }

/** Theirs, or one that they are named on in another part. */
export const workedOnBy = (userId: string) => ({ OR: [{ assignees: { some: { userId } } }, assignedToPerson(userId)] })

/** Tasks of which a person is an assignee, and with `inherited` the subtasks that name nobody below them: read once, where `assignedToPerson` asks of each task. */
export const heldOf = (tenantId: string, userId: string): Sql => sql`SELECT a.task_id AS id FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.user_id = ${userId}::uuid AND a.role = 'assignee'`
export const inheritedOf = (tenantId: string, userId: string): Sql => sql`
  SELECT c.id FROM tasks c WHERE c.tenant_id = ${tenantId}::uuid AND c.deleted_at IS NULL AND c.parent_id IS NOT NULL AND c.parent_id IN (${heldOf(tenantId, userId)})
     AND NOT EXISTS (SELECT FROM task_assignees e WHERE e.tenant_id = ${tenantId}::uuid AND e.task_id = c.id AND e.role = 'assignee')`

/** Subtasks that name nobody, of parents that name somebody: theirs, so not nobody's. */
export const inheritedOfAnybody = (tenantId: string): Sql => sql`
  SELECT c.id FROM tasks c WHERE c.tenant_id = ${tenantId}::uuid AND c.deleted_at IS NULL AND c.parent_id IS NOT NULL
     AND EXISTS (SELECT FROM task_assignees a WHERE a.tenant_id = ${tenantId}::uuid AND a.task_id = c.parent_id AND a.role = 'assignee')
     AND NOT EXISTS (SELECT FROM task_assignees e WHERE e.tenant_id = ${tenantId}::uuid AND e.task_id = c.id AND e.role = 'assignee')`

/** The task whose assignees count for the task `t` of a statement: its own, or its parent where it has none. */
export const holderOf = (tenantId: string): Sql => sql`(CASE WHEN t.parent_id IS NULL OR EXISTS (SELECT FROM task_assignees e WHERE e.tenant_id = ${tenantId}::uuid AND e.task_id = t.id AND e.role = 'assignee') THEN t.id ELSE t.parent_id END)`
