import 'server-only'
import { InvalidError } from '@/lib/errors'
import type { Scope } from '@/lib/tenancy/with-tenant'

export type TaskLabel = { id: string; name: string; colour: string; isPersonal: boolean }

/** Labels by task: the shared ones and my own. */
export async function labelsOf({ tx }: Scope, taskIds: string[]): Promise<Map<string, TaskLabel[]>> {
  const rows = await tx.recordLabel.findMany({ where: { entityKind: 'task', entityId: { in: taskIds } }, orderBy: { id: 'asc' } })
  const ids = [...new Set(rows.map(({ labelId }) => labelId))]
  const labels = ids.length ? await tx.label.findMany({ where: { id: { in: ids } } }) : []
  const byId = new Map(labels.map((label) => [label.id, label]))
  const byTask = new Map<string, TaskLabel[]>()
  for (const { entityId, labelId } of rows) {
    const label = byId.get(labelId)
    // Somebody else's own label.
    if (!label) continue
    byTask.set(entityId, [...(byTask.get(entityId) ?? []), { id: label.id, name: label.name, colour: label.colour, isPersonal: label.ownerUserId !== null }])
  }
  return byTask
}

/**
 * Sets the labels of a task that I can see: other people's personal labels on it stay. Returns the names of the shared
 * ones for the search index, which everybody who sees the task may search.
 * @throws InvalidError on a label that is not mine to see
 */
export async function replaceLabels(scope: Scope, task: { id: string; projectId: string }, labelIds: string[]): Promise<string[]> {
  const { tx, member } = scope
  const wanted = [...new Set(labelIds)]
  const labels = wanted.length ? await tx.label.findMany({ where: { id: { in: wanted } } }) : []
  if (labels.length !== wanted.length) throw new InvalidError('Choose labels of the list.', { labels: ['Choose labels of the list.'] })
  await tx.recordLabel.deleteMany({ where: { entityKind: 'task', entityId: task.id, labelId: { notIn: wanted } } })
  if (labels.length) {
    await tx.recordLabel.createMany({
      data: labels.map((label) => ({ labelId: label.id, entityKind: 'task', entityId: task.id, containerId: task.projectId, ownerUserId: label.ownerUserId, createdBy: member.userId })),
      skipDuplicates: true,
    })
  }
  return labels.filter(({ ownerUserId }) => ownerUserId === null).map(({ name }) => name)
}
