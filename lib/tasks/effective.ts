import { sql, type Sql } from '@/lib/tenancy/sql'

/** Whose a task is: its assignees', and where a subtask has none its parent's. */
export const assignedToPerson = (userId: string) => ({
  OR: [{ assignees: { some: { userId, role: 'assignee' } } }, { assignees: { none: { role: 'assignee' } }, parent: { assignees: { some: { userId, role: 'assignee' } } } }],
})

/** Nobody's: neither it nor its parent has an assignee. */
export const IS_NOBODYS = { assignees: { none: { role: 'assignee' } }, OR: [{ parentId: null }, { parent: { assignees: { none: { role: 'assignee' } } } }] }

/** Theirs, or one that they are named on in another part. */
export const workedOnBy = (userId: string) => ({ OR: [{ assignees: { some: { userId } } }, assignedToPerson(userId)] })

/** The task whose assignees count for the task `t` of a statement: its own, or its parent where it has none. */
export const holderOf = (tenantId: string): Sql => sql`(CASE WHEN t.parent_id IS NULL OR EXISTS (SELECT FROM task_assignees e WHERE e.tenant_id = ${tenantId}::uuid AND e.task_id = t.id AND e.role = 'assignee') THEN t.id ELSE t.parent_id END)`
