import 'server-only'
import { z } from 'zod'
import { changesBetween, recordAudit } from '@/lib/audit/audit'
import { authorize } from '@/lib/authorization/permissions'
import { ChangedElsewhereError, ConflictError, ForbiddenError, NotFoundError } from '@/lib/errors'
import { fromCursor, toCursor } from '@/lib/keyset'
import { tellLimitNear } from '@/lib/notifications/limit-notices'
import { indexRecord } from '@/lib/search/search'
import { DONE } from '@/lib/tasks/done'
import { OPEN_STATUSES } from '@/lib/tasks/rules'
import { sql } from '@/lib/tenancy/sql'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { v7 as uuidv7 } from '@/lib/uuid'
import { accessTo, requireManage } from './access'
import { canBecome, keyOf, slugOf, type ProjectStatus } from './rules'
import { requireTeam } from './sharing'
import type { CreateProject, UpdateProject } from './schema'

const SLUG_TRIES = 200
/** As many as a picker offers. */
const PICKED_MAX = 500

export type ProjectSummary = {
  id: string; slug: string; key: string; name: string; description: string; status: string; colour: string; visibility: string
  startsOn: Date | null; targetOn: Date | null; ownerUserId: string; ownerName: string; updatedAt: Date; openCount: number; doneCount: number; overdueCount: number; blockedCount: number
}

const cursorSchema = z.tuple([z.string(), z.uuid()])
export const projectCursor = ({ name, id }: { name: string; id: string }) => toCursor(name, id)

/** Projects that I may see, with their counters, by name; of one status, or all that are archived, or else all others. `today` is the organization's day, `YYYY-MM-DD`; `after` a `projectCursor`. */
export async function listProjects(scope: Scope, filter: { archived?: boolean; status?: ProjectStatus; today: string; after?: string; take?: number }): Promise<ProjectSummary[]> {
  const { tenantId } = scope.member
  const wished = filter.archived ? 'archived' : filter.status
  const status = wished ? sql`p.status = ${wished}` : sql`p.status <> 'archived'`
  const last = fromCursor(cursorSchema, filter.after)
  const beyond = last ? sql`AND (c.name, p.id) > (${last[0]}, ${last[1]}::uuid)` : sql``
  return scope.tx.$queryRaw<ProjectSummary[]>`
    SELECT p.id, p.slug, p.key, c.name, p.description, p.status, p.colour, c.visibility, p.starts_on AS "startsOn", p.target_on AS "targetOn", c.owner_user_id AS "ownerUserId",
           m.display_name AS "ownerName", p.updated_at AS "updatedAt",
           coalesce(t.open, 0)::int AS "openCount", coalesce(t.done, 0)::int AS "doneCount",
           coalesce(t.overdue, 0)::int AS "overdueCount", coalesce(t.blocked, 0)::int AS "blockedCount"
      FROM projects p
      JOIN containers c ON c.tenant_id = ${tenantId}::uuid AND c.id = p.id
      JOIN memberships m ON m.tenant_id = ${tenantId}::uuid AND m.user_id = c.owner_user_id
      LEFT JOIN (
        SELECT project_id,
               count(*) FILTER (WHERE status IN ('todo', 'in_progress', 'blocked', 'review', 'testing')) AS open,
               count(*) FILTER (WHERE ${DONE}) AS done,
               count(*) FILTER (WHERE status = 'blocked') AS blocked,
               count(*) FILTER (WHERE due_on < ${filter.today}::date AND status IN ('todo', 'in_progress', 'blocked', 'review', 'testing')) AS overdue
          FROM tasks WHERE tenant_id = ${tenantId}::uuid AND deleted_at IS NULL GROUP BY project_id
      ) t ON t.project_id = p.id
     WHERE p.tenant_id = ${tenantId}::uuid AND ${status} ${beyond}
     ORDER BY c.name, p.id LIMIT ${filter.take ?? PICKED_MAX}`
}

export type Project = Awaited<ReturnType<typeof getProject>>

/** @throws NotFoundError when there is none that I may see */
export async function getProject(scope: Scope, slug: string) {
  const found = await scope.tx.project.findFirst({ where: { slug }, include: { container: { include: { owner: true, team: true } } } })
  if (!found) throw new NotFoundError()
  const { container, ...project } = found
  return {
    ...project,
    name: container.name, visibility: container.visibility, defaultAccess: container.defaultAccess, teamId: container.teamId, teamName: container.team?.name ?? null,
    ownerUserId: container.ownerUserId, ownerName: container.owner.displayName, containerVersion: container.version, logReads: container.logReads,
    access: await accessTo(scope, project.id),
  }
}

/** For pickers: projects that accept tasks and that I may see. */
export async function listProjectChoices(scope: Scope) {
  const projects = await scope.tx.project.findMany({ where: { status: 'active' }, include: { container: true }, take: PICKED_MAX })
  return projects.map(({ id, slug, key, colour, container }) => ({ id, slug, key, colour, name: container.name })).sort((a, b) => a.name.localeCompare(b.name))
}

/** @throws InvalidError when the team is none of this organization · ForbiddenError for a key that was given for one project */
export async function createProject(scope: Scope, input: CreateProject, id = uuidv7()) {
  authorize(scope, 'projects:create')
  if (scope.key?.containerId) throw new ForbiddenError('This API key was given for one project.')
  const { tx, member } = scope
  const teamId = input.visibility === 'team' ? input.teamId : null
  await requireTeam(scope, teamId)
  await tx.container.createMany({
    data: [{ id, kind: 'project', name: input.name, visibility: input.visibility, defaultAccess: input.defaultAccess, teamId, ownerUserId: member.userId, createdBy: member.userId }],
  })
  const { slug, key } = await insertWithFreeSlug(scope, id, input)
  await indexRecord(scope, { entityKind: 'project', entityId: id, title: input.name, body: input.description, containerId: id })
  await recordAudit(scope, { action: 'project.created', entityKind: 'project', entityId: id, containerId: id, label: input.name, changes: changesBetween({}, { name: input.name, visibility: input.visibility }) })
  await tellLimitNear(scope, 'projects', 1)
  return { id, slug, key, name: input.name }
}

// A taken slug or key may belong to a project that this person cannot see, so it is never reported: the next is tried.
async function insertWithFreeSlug(scope: Scope, id: string, input: CreateProject) {
  const base = { slug: slugOf(input.name), key: keyOf(input.name) }
  // One that not everybody sees carries a part of its random id, so nobody meets it by trying names.
  const isHidden = input.visibility !== 'organization' && scope.member.organization.kind !== 'personal'
  const [slugMark, keyMark] = isHidden ? [`-${id.slice(-4)}`, id.slice(-2).toUpperCase()] : ['', '']
  for (let n = 1; n <= SLUG_TRIES; n++) {
    const slug = `${base.slug}${slugMark}${n === 1 ? '' : `-${n}`}`
    const key = `${base.key.slice(0, n === 1 && !isHidden ? 4 : 2)}${keyMark}${n === 1 ? '' : n}`.slice(0, 6)
    const { count } = await scope.tx.project.createMany({
      data: [{ id, slug, key, description: input.description, colour: input.colour, startsOn: input.startsOn ?? null, targetOn: input.targetOn ?? null, createdBy: scope.member.userId }],
      skipDuplicates: true,
    })
    if (count === 1) return { slug, key }
  }
  throw new ConflictError('Too many projects have this name. Choose another one.')
}

export async function updateProject(scope: Scope, { id, version, ...input }: UpdateProject): Promise<void> {
  authorize(scope, 'projects:update')
  const before = await findForChange(scope, id)
  await requireManage(scope, id)
  const { count } = await scope.tx.project.updateMany({
    where: { id, version },
    data: { description: input.description, colour: input.colour, startsOn: input.startsOn ?? null, targetOn: input.targetOn ?? null, version: { increment: 1 } },
  })
  if (count === 0) throw new ChangedElsewhereError({ name: before.container.name, description: before.description, version: before.version })
  await scope.tx.container.updateMany({ where: { id }, data: { name: input.name } })
  await indexRecord(scope, { entityKind: 'project', entityId: id, title: input.name, body: input.description, containerId: id })
  const changes = changesBetween({ ...before, name: before.container.name }, { name: input.name, description: input.description, colour: input.colour, startsOn: input.startsOn ?? null, targetOn: input.targetOn ?? null })
  await recordAudit(scope, { action: 'project.updated', entityKind: 'project', entityId: id, containerId: id, label: input.name, changes })
}

/**
 * Pauses, completes, archives or takes up a project again. Archiving keeps everything; the project leaves the lists.
 * @throws ChangedElsewhereError · ConflictError `confirm_complete` when it is to be completed with open tasks and nobody has said that this is meant
 */
export async function changeProjectStatus(scope: Scope, { id, version, status, confirmed = false }: { id: string; version: number; status: ProjectStatus; confirmed?: boolean }): Promise<void> {
  authorize(scope, 'projects:update')
  const before = await findForChange(scope, id)
  await requireManage(scope, id)
  if (!canBecome(before.status as ProjectStatus, status)) throw new ConflictError(`A project that is ${before.status} cannot become ${status}.`, 'transition_not_allowed')
  if (status === 'completed' && !confirmed) {
    const open = await scope.tx.task.count({ where: { projectId: id, deletedAt: null, status: { in: OPEN_STATUSES } } })
    if (open > 0) throw new ConflictError(`${open === 1 ? '1 task is' : `${open} tasks are`} still open. Confirm to complete the project all the same.`, 'confirm_complete', { count: open })
  }
  const { count } = await scope.tx.project.updateMany({ where: { id, version }, data: { status, version: { increment: 1 } } })
  if (count === 0) throw new ChangedElsewhereError({ status: before.status, version: before.version })
  await scope.tx.container.updateMany({ where: { id }, data: { archivedAt: status === 'archived' ? new Date() : null } })
  await recordAudit(scope, { action: `project.${status === 'active' ? 'resumed' : status}`, entityKind: 'project', entityId: id, containerId: id, label: before.container.name, changes: { status: [before.status, status] } })
}

async function findForChange(scope: Scope, id: string) {
  const project = await scope.tx.project.findFirst({ where: { id }, include: { container: true } })
  if (!project) throw new NotFoundError()
  return project
}
