import { v7 } from '../../lib/uuid'
import type { MemberRole } from './actors'
import { query } from './database'

type ByRole = Record<MemberRole, number>
type Route = { path: (organization: string) => string; members: ByRole; outsiders: number; signedOut: number }

const everyone = (status: number): ByRole => ({ owner: status, admin: status, manager: status, member: status, field: status, viewer: status })
const inside = (path: string, members: Partial<ByRole> = {}): Route => ({ path: (organization) => `/${organization}${path}`, members: { ...everyone(200), ...members }, outsiders: 404, signedOut: 307 })
const ADMINS_ONLY = { manager: 403, member: 403, field: 403, viewer: 403 }
// Field members see the projects they are listed on, and this one they are not.
const NOT_FIELD = { field: 404 }

/** What each page and route answers. Its path is built for an organization, so that the same one is tried in another. */
export const ROUTES: Record<string, Route> = {
  '/page': { path: () => '/', members: everyone(307), outsiders: 307, signedOut: 307 },
  '/(public)/sign-in/page': { path: () => '/sign-in', members: everyone(307), outsiders: 307, signedOut: 200 },
  '/(account)/organizations/page': { path: () => '/organizations', members: everyone(200), outsiders: 200, signedOut: 307 },
  '/api/auth/[...nextauth]/route': { path: () => '/api/auth/csrf', members: everyone(200), outsiders: 200, signedOut: 200 },
  '/api/health/route': { path: () => '/api/health', members: everyone(200), outsiders: 200, signedOut: 200 },
  '/icon.svg/route': { path: () => '/icon.svg', members: everyone(200), outsiders: 200, signedOut: 200 },
  '/api/v1/[organization]/search/route': { path: (organization) => `/api/v1/${organization}/search?q=spring`, members: everyone(200), outsiders: 404, signedOut: 401 },
  '/[organization]/page': inside(''),
  '/[organization]/labels/page': inside('/labels'),
  '/[organization]/tasks/page': inside('/tasks'),
  '/[organization]/trash/page': inside('/trash'),
  '/[organization]/projects/page': inside('/projects'),
  '/[organization]/projects/[project]/page': inside('/projects/spring-campaign', NOT_FIELD),
  '/[organization]/projects/[project]/board/page': inside('/projects/spring-campaign/board', NOT_FIELD),
  '/[organization]/projects/[project]/tasks/[number]/page': inside('/projects/spring-campaign/tasks/1', NOT_FIELD),
  '/[organization]/settings/audit/page': inside('/settings/audit', ADMINS_ONLY),
  '/[organization]/settings/isolation/page': inside('/settings/isolation', ADMINS_ONLY),
}

/** Rows of an organization to act on; `fresh` makes ones of its own, so that a role's act leaves the next one something. */
export type Samples = { project: string; projectVersion: number; containerVersion: number; task: string; taskVersion: number; trashed: string; comment: string; label: string }

export async function samples(slug: string, fresh: boolean): Promise<Samples> {
  const [tenant] = await query<{ id: string; owner: string }>(`SELECT o.id, m.user_id AS owner FROM organizations o JOIN memberships m ON m.tenant_id = o.id AND m.role = 'owner' WHERE o.slug = $1`, [slug])
  const [project] = await query<{ id: string; version: number; container: number }>(
    `SELECT p.id, p.version, c.version AS container FROM projects p JOIN containers c ON c.tenant_id = p.tenant_id AND c.id = p.id WHERE p.tenant_id = $1 AND c.visibility = 'organization' ORDER BY p.id LIMIT 1`, [tenant!.id])
  const make = async (deleted: boolean) => {
    const id = v7()
    await query(
      `INSERT INTO tasks (tenant_id, id, project_id, number, title, created_by, deleted_at)
       SELECT $1, $2, $3, (SELECT max(number) + 1000 + (random() * 1e6)::int FROM tasks WHERE tenant_id = $1), 'Matrix task', m.user_id, $4 FROM memberships m JOIN users u ON u.id = m.user_id
        WHERE m.tenant_id = $1 AND u.email_lc = $5`,
      [tenant!.id, id, project!.id, deleted ? new Date() : null, slug === 'copperleaf' ? 'rosa.quist@example.com' : 'kit.rowe@example.com'])
    return id
  }
  const name = v7()
  if (fresh) await query(`INSERT INTO labels (tenant_id, id, name, name_lc, colour) VALUES ($1, $2, $3, $3, '#475569')`, [tenant!.id, name, name.slice(-20)])
  const [label] = await query<{ id: string }>('SELECT id FROM labels WHERE tenant_id = $1 AND owner_user_id IS NULL ORDER BY created_at DESC LIMIT 1', [tenant!.id])
  const task = await make(false)
  const comment = v7()
  await query(`INSERT INTO comments (tenant_id, id, entity_kind, entity_id, author_user_id, body, container_id) VALUES ($1, $2, 'task', $3, $4, 'Matrix comment', $5)`, [tenant!.id, comment, task, tenant!.owner, project!.id])
  return { project: project!.id, projectVersion: project!.version, containerVersion: project!.container, task, taskVersion: 1, trashed: await make(true), comment, label: label!.id }
}

type Action = { input: (rows: Samples) => Record<string, unknown> | Promise<Record<string, unknown>>; allowed: ByRole; fresh: boolean; hasIds: boolean }

const WRITERS = { ...everyone(200), viewer: 403 }
const action = (allowed: Partial<ByRole>, input: Action['input'], hasIds = true): Action => ({ input, allowed: { ...WRITERS, ...allowed }, fresh: true, hasIds })
const TASKS = 'app/[organization]/tasks/actions.ts#'
const PROJECTS = 'app/[organization]/projects/actions.ts#'
const LABELS = 'app/[organization]/labels/actions.ts#'
// The sample project is the organization's: field members do not see it, members see it and do not manage it.
const MANAGERS = { member: 403, field: 403 }

/** What each server action answers to a valid call on the organization's own rows. */
export const ACTIONS: Record<string, Action> = {
  'app/sign-out.ts#signOut': { input: () => ({}), allowed: everyone(303), fresh: false, hasIds: false },
  [`${PROJECTS}addProject`]: action({ field: 403 }, () => ({ name: `Matrix ${v7()}` }), false),
  [`${PROJECTS}editProject`]: action(MANAGERS, ({ project, projectVersion }) => ({ id: project, version: projectVersion, name: 'Spring campaign', colour: '#be185d' })),
  [`${PROJECTS}shareProject`]: action(MANAGERS, ({ project, containerVersion }) => ({ id: project, version: containerVersion, visibility: 'organization', defaultAccess: 'edit' })),
  [`${PROJECTS}setProjectStatus`]: action(MANAGERS, async ({ project, projectVersion }) => ({ id: project, version: projectVersion, status: (await query<{ status: string }>('SELECT status FROM projects WHERE id = $1', [project]))[0]!.status === 'active' ? 'paused' : 'active' })),
  [`${TASKS}addTask`]: action({ field: 403 }, ({ project }) => ({ projectId: project, title: 'Matrix' })),
  [`${TASKS}editTask`]: action({ field: 403 }, ({ task, taskVersion }) => ({ id: task, version: taskVersion, title: 'Matrix', description: '', priority: 'low', dueOn: '', estimate: '' })),
  [`${TASKS}moveTask`]: action({ field: 404 }, ({ task, taskVersion }) => ({ id: task, version: taskVersion, to: 'in_progress' })),
  [`${TASKS}bulkEdit`]: action({ field: 403 }, ({ task }) => ({ ids: [task], priority: 'high' })),
  [`${TASKS}trashTasks`]: action({ field: 403 }, ({ task }) => ({ ids: [task] })),
  [`${TASKS}untrashTasks`]: action({ field: 403 }, ({ trashed }) => ({ ids: [trashed] })),
  [`${TASKS}addComment`]: action({ field: 404 }, ({ task }) => ({ taskId: task, body: 'Matrix' })),
  [`${TASKS}editComment`]: action({ admin: 403, manager: 403, member: 403, field: 404 }, ({ comment }) => ({ id: comment, body: 'Matrix' })),
  [`${TASKS}removeComment`]: action({ admin: 403, manager: 403, member: 403, field: 404 }, ({ comment }) => ({ id: comment })),
  [`${LABELS}addLabel`]: action({ field: 403 }, () => ({ name: v7().slice(0, 36) }), false),
  [`${LABELS}removeLabel`]: action({ field: 403 }, ({ label }) => ({ id: label })),
}
