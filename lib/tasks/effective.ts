/** Whose a task is: its assignees', and where a subtask has none its parent's. */
export const assignedToPerson = (userId: string) => ({
  OR: [{ assignees: { some: { userId, role: 'assignee' } } }, { assignees: { none: { role: 'assignee' } }, parent: { assignees: { some: { userId, role: 'assignee' } } } }],
})

/** Nobody's: neither it nor its parent has an assignee. */
export const IS_NOBODYS = { assignees: { none: { role: 'assignee' } }, OR: [{ parentId: null }, { parent: { assignees: { none: { role: 'assignee' } } } }] }

/** Theirs, or one that they are named on in another part. */
export const workedOnBy = (userId: string) => ({ OR: [{ assignees: { some: { userId } } }, assignedToPerson(userId)] })
