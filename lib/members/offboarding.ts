import 'server-only'
import { recordAudit } from '@/lib/audit/audit'
import { can } from '@/lib/authorization/permissions'
import { ConflictError, InvalidError, NotFoundError } from '@/lib/errors'
import { requirePeople } from '@/lib/projects/sharing'
import type { Role } from '@/lib/tenancy/member'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { findManageable } from './standing'
import type { RemoveMember } from './schema'

/** `trashCount`, `privateTrashCount`: deleted projects that can still be brought back; of the private ones only by their owner. */
export type Holdings = {
  projects: { id: string; name: string; slug: string | null }[]; otherProjectCount: number; privateCount: number; trashCount: number; privateTrashCount: number
  openTaskCount: number; teamCount: number; grantCount: number; keyCount: number; viewCount: number
}
/** Who has got what; `tasksLeft` wait without anyone. */
export type Removed = { name: string; isMe: boolean; hadLeft: boolean; tasksLeft: number; handed: { what: string; count: number; to: string | null }[] }
/** More than anybody owns: beyond it they change hands all the same, and only the names are left out. */
const PROJECTS_MAX = 1_000

/** `hasLeft`: they are gone, and only what they left behind is handed over. */
type Leaver = { id: string; userId: string; name: string; role: string; status: string; isMe: boolean; hasLeft: boolean }

/** What a member holds, before they go or after: shared projects by name, private ones as a number, whoever asks. */
export async function readHoldings(scope: Scope, id: string): Promise<{ leaver: Leaver; holdings: Holdings }> {
  const { tx } = scope
  const leaver = await findLeaver(scope, id)
  const counts = await tx.$queryRaw<{ kind: string; is_private: boolean; how_many: bigint }[]>`SELECT * FROM kernel.holdings_of(${leaver.userId}::uuid)`
  const of = (kind: string, isPrivate = false) => Number(counts.find((row) => row.kind === kind && row.is_private === isPrivate)?.how_many ?? 0)
  const projects = await tx.container.findMany({ where: { ownerUserId: leaver.userId, visibility: { not: 'private' } }, orderBy: { name: 'asc' }, take: PROJECTS_MAX, select: { id: true, name: true, project: { select: { slug: true } } } })
  return {
    leaver,
    holdings: {
      projects: projects.map(({ id: projectId, name, project }) => ({ id: projectId, name, slug: project?.slug ?? null })),
      otherProjectCount: Math.max(0, of('containers') - projects.length), privateCount: of('containers', true), trashCount: of('trash'),
      privateTrashCount: of('trash', true), openTaskCount: of('tasks'), teamCount: of('teams'), grantCount: of('grants'), keyCount: of('keys'), viewCount: of('views'),
    },
  }
}

/**
 * Removes a member, or lets oneself go, in one transaction: what they hold goes to the receivers, their seats and grants end,
 * their next request is refused. Rejoining brings none of it back. Tasks that the
 * receiver could not see are left without somebody (`tasksLeft`). Of somebody who has left already, what they still hold is handed over.
 * What one has thrown away oneself one may leave without a receiver.
 * @throws InvalidError without a receiver for what nobody else could open · ConflictError `last_owner`
 */
export async function removeMember(scope: Scope, { id, projectsTo, privateTo, tasksTo }: RemoveMember): Promise<Removed> {
  const { tx } = scope
  const { leaver, holdings } = await readHoldings(scope, id)
  if (leaver.hasLeft && !holdsAnything(holdings)) throw new NotFoundError()
  if (holdings.projects.length + holdings.otherProjectCount > 0 && !projectsTo) throw missing('projectsTo', 'Choose who takes over the projects.')
  if (holdings.privateCount > 0 && !privateTo) throw missing('privateTo', 'Choose who takes over the private projects: nobody else could ever open them.')
  if (holdings.privateTrashCount > 0 && !privateTo && !leaver.isMe) throw missing('privateTo', 'Choose who takes over the private projects in the trash: nobody else could ever restore them.')
  const receivers = [projectsTo, privateTo, tasksTo].filter((receiver) => receiver !== null)
  if (receivers.includes(leaver.userId)) throw missing('projectsTo', `${leaver.name} ${leaver.hasLeft ? 'has left' : 'is about to go'}. Choose somebody else.`)
  await requirePeople(scope, receivers, 'projectsTo')
  if (holdings.privateTrashCount > 0 && privateTo) await requireRestorer(scope, privateTo)

  // First, while the one who goes may still write: their own leaving is in the history too.
  await recordAudit(scope, {
    action: leaver.hasLeft ? 'member.handed_over' : leaver.isMe ? 'member.left' : 'member.removed', entityKind: 'member', entityId: leaver.id, label: leaver.name,
    changes: {
      ...(!leaver.hasLeft && { status: [leaver.status, 'removed'] }), ...(projectsTo && { projects: [leaver.userId, projectsTo] }),
      ...(privateTo && { privateProjects: [holdings.privateCount, privateTo] }),
      ...(projectsTo && holdings.trashCount > 0 && { trash: [holdings.trashCount, projectsTo] }),
      ...(privateTo && holdings.privateTrashCount > 0 && { privateTrash: [holdings.privateTrashCount, privateTo] }),
      ...(tasksTo && { openTasks: [leaver.userId, tasksTo] }),
    },
  })
  // Of a private project only its own people may read who took it over: that is no event of the organization.
  await recordAudit(scope, ...(projectsTo ? holdings.projects : []).map((project) => ({
    action: 'project.handed_over', entityKind: 'project', entityId: project.id, containerId: project.id, label: project.name, changes: { owner: [leaver.userId, projectsTo] as [unknown, unknown] },
  })))
  const at = new Date()
  const [handed] = await tx.$queryRaw<{ tasks_left: bigint }[]>`SELECT * FROM kernel.hand_over(${leaver.userId}::uuid, ${projectsTo}::uuid, ${privateTo}::uuid, ${tasksTo}::uuid, ${at})`
  if (leaver.isMe) {
    const [row] = await tx.$queryRaw<{ outcome: string }[]>`SELECT kernel.leave_organization(${at}) AS outcome`
    if (row?.outcome === 'gone') throw new NotFoundError()
  } else if (!leaver.hasLeft) {
    const { count } = await tx.membership.updateMany({ where: { id, status: { in: ['active', 'suspended'] } }, data: { status: 'removed', version: { increment: 1 } } })
    if (count === 0) throw new ConflictError(`${leaver.name} is no member any more.`, 'gone')
  }
  const tasksLeft = Number(handed?.tasks_left ?? 0)
  return {
    name: leaver.name, isMe: leaver.isMe, hadLeft: leaver.hasLeft, tasksLeft,
    handed: [
      { what: 'project', count: projectsTo ? holdings.projects.length + holdings.otherProjectCount : 0, to: projectsTo },
      { what: 'private project', count: privateTo ? holdings.privateCount : 0, to: privateTo },
      { what: 'project in the trash', count: projectsTo ? holdings.trashCount : 0, to: projectsTo },
      { what: 'private project in the trash', count: privateTo ? holdings.privateTrashCount : 0, to: privateTo },
      { what: 'open task', count: tasksTo ? Math.max(0, holdings.openTaskCount - tasksLeft) : 0, to: tasksTo },
    ].filter(({ count }) => count > 0),
  }
}

async function findLeaver(scope: Scope, id: string): Promise<Leaver> {
  const own = await scope.tx.membership.findFirst({ where: { id, userId: scope.member.userId } })
  const member = own ?? (await findManageable(scope, id))
  if (!['active', 'suspended', 'removed'].includes(member.status)) throw new NotFoundError()
  return { id, userId: member.userId, name: member.displayName, role: member.role, status: member.status, isMe: own !== null, hasLeft: member.status === 'removed' }
}

async function requireRestorer({ tx }: Scope, userId: string): Promise<void> {
  const receiver = await tx.membership.findFirstOrThrow({ where: { userId } })
  if (!can(receiver.role as Role, 'projects:delete')) throw missing('privateTo', `${receiver.displayName} may not restore projects from the trash. Choose somebody who may.`)
}

/** Whether something waits for somebody who has gone: nobody else could open it, or would do it. */
export function holdsAnything({ projects, otherProjectCount, privateCount, privateTrashCount, openTaskCount }: Holdings): boolean {
  return projects.length + otherProjectCount + privateCount + privateTrashCount + openTaskCount > 0
}

const missing = (field: string, message: string) => new InvalidError(message, { [field]: [message] })
