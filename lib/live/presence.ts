import 'server-only'
import { NotFoundError } from '@/lib/errors'
import { everybodyHere } from '@/lib/platform/heard'
import type { Scope } from '@/lib/tenancy/with-tenant'

export type Place = { kind: 'task' | 'project'; id: string }
export type Present = Record<string, { userId: string; name: string }[]>

/** Tells every instance that I have this open, or no longer. Ids alone go over the wire, and are kept for less than a minute. @throws NotFoundError */
export async function beHere({ tx, member }: Scope, { kind, id }: Place, isLeaving = false): Promise<void> {
  const found = kind === 'task' ? await tx.task.findFirst({ where: { id, deletedAt: null }, select: { projectId: true } }) : await tx.project.findFirst({ where: { id }, select: { id: true } })
  if (!found) throw new NotFoundError()
  const containerId = 'projectId' in found ? found.projectId : found.id
  await tx.$executeRaw`SELECT pg_notify('bulkhead_live', ${`here ${member.tenantId} ${containerId} ${id} ${member.userId} ${isLeaving ? 'leave' : 'stay'}`})`
}

/** Who else has a task or project open that I see, by its id: people who see it themselves, now. */
export async function listPresent({ tx, member }: Scope): Promise<Present> {
  const others = everybodyHere(member.tenantId).filter(({ userId }) => userId !== member.userId)
  if (others.length === 0) return {}
  const [containers, people] = [[...new Set(others.map((one) => one.containerId))], [...new Set(others.map(({ userId }) => userId))]]
  // Answers nothing for a container that I do not see.
  const seen = await tx.$queryRaw<{ container: string; person: string }[]>`SELECT c AS container, kernel.viewers_of(c, ${people}::uuid[]) AS person FROM unnest(${containers}::uuid[]) c`
  const both = others.filter((one) => seen.some(({ container, person }) => container === one.containerId && person === one.userId))
  const members = await tx.membership.findMany({ where: { status: 'active', userId: { in: both.map(({ userId }) => userId) } }, select: { userId: true, displayName: true } })
  const present: Present = {}
  for (const { placeId, userId } of both) {
    const name = members.find((one) => one.userId === userId)?.displayName
    if (name) (present[placeId] ??= []).push({ userId, name })
  }
  return present
}
