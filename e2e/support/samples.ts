import { randomBytes } from 'node:crypto'
import { v7 } from '../../lib/uuid'
import { query } from './database'

/** Rows of an organization to act on; `fresh` makes ones of its own, so that a role's act leaves the next one something. */
export type Samples = { project: string; projectVersion: number; containerVersion: number; task: string; taskVersion: number; trashed: string; comment: string; label: string; attachment: string; removedAttachment: string; invitation: string; rule: string; request: string; mate: string; team: string; spareTeam: string; person: string; key: string; notification: string; view: string; other: string; link: string; workstream: string; goal: string; entry: string; wish: string; idea: string; rejectedIdea: string; validIdea: string; template: string; suggestion: string; dependency: string; third: string; elsewhere: string; finished: string; spareProject: string; spareKey: string; deletedProject: string }

type Input = (rows: Samples) => unknown

/** `input`: what will be made of them; only rows that it asks for are made. */
export async function samples(slug: string, fresh: boolean, input: Input): Promise<Samples> {
  const asked = await askedBy(input)
  const need = (...names: (keyof Samples)[]) => asked === null || names.some((name) => asked.has(name))
  const [tenant] = await query<{ id: string; owner: string }>(`SELECT o.id, m.user_id AS owner FROM organizations o JOIN memberships m ON m.tenant_id = o.id AND m.role = 'owner' WHERE o.slug = $1`, [slug])
  const [project] = await query<{ id: string; version: number; container: number }>(
    `SELECT p.id, p.version, c.version AS container FROM projects p JOIN containers c ON c.tenant_id = p.tenant_id AND c.id = p.id WHERE p.tenant_id = $1 AND c.visibility = 'organization' ORDER BY p.id LIMIT 1`, [tenant!.id])
  // Whoever has paused it before leaves the next one nothing to add to.
  if (fresh) await query(`UPDATE projects SET status = 'active' WHERE tenant_id = $1 AND id = $2`, [tenant!.id, project!.id])
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
  if (need('comment')) await query(`INSERT INTO comments (tenant_id, id, entity_kind, entity_id, author_user_id, body, container_id) VALUES ($1, $2, 'task', $3, $4, 'Matrix comment', $5)`, [tenant!.id, comment, task, tenant!.owner, project!.id])
  const attach = async (deleted: boolean) => {
    const id = v7()
    await query(`INSERT INTO attachments (tenant_id, id, entity_kind, entity_id, container_id, file_name, mime, size_bytes, sha256, storage_key, created_by, deleted_at) VALUES ($1, $2, 'task', $3, $4, 'matrix.txt', 'text/plain', 1, $5, $6, $7, $8)`,
      [tenant!.id, id, task, project!.id, randomBytes(32), `${tenant!.id}/${randomBytes(16).toString('hex')}`, tenant!.owner, deleted ? new Date() : null])
    return id
  }
  const [attachment, removedAttachment] = need('attachment', 'removedAttachment') ? [await attach(false), await attach(true)] : ['', '']
  const [invitation, rule, request, asking] = [v7(), v7(), v7(), v7()]
  if (need('invitation')) await query(`INSERT INTO invitations (tenant_id, id, email, email_lc, role, token_hash, delivered_by, expires_at, created_by) VALUES ($1, $2, $3, $3, 'viewer', $4, 'link', now() + interval '1 day', $5)`, [tenant!.id, invitation, `${invitation}@example.net`, randomBytes(32), tenant!.owner])
  if (need('rule')) await query(`INSERT INTO access_rules (tenant_id, id, kind, value_lc, role) VALUES ($1, $2, 'email', $3, 'viewer')`, [tenant!.id, rule, `${rule}@example.net`])
  if (need('request')) {
  await query(`INSERT INTO users (id, name, email, email_lc) VALUES ($1, 'Matrix asking', $2, $2)`, [asking, `${asking}@example.net`])
    await query(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role, status) VALUES ($1, $2, $3, 'Matrix asking', 'viewer', 'pending_approval')`, [tenant!.id, request, asking])
  }
  const [team, spareTeam] = [v7(), v7()]
  if (need('team', 'spareTeam')) {
  for (const id of [team, spareTeam]) await query(`INSERT INTO teams (tenant_id, id, name, name_lc) VALUES ($1, $2, $3, $3)`, [tenant!.id, id, `matrix ${id}`])
    await query(`INSERT INTO team_members (tenant_id, id, team_id, user_id) VALUES ($1, $2, $3, $4)`, [tenant!.id, v7(), team, tenant!.owner])
  }
  const [mate, mateUser] = [v7(), v7()]
  if (need('mate')) {
  await query(`INSERT INTO users (id, name, email, email_lc) VALUES ($1, 'Matrix mate', $2, $2)`, [mateUser, `${mateUser}@example.net`])
    await query(`INSERT INTO memberships (tenant_id, id, user_id, display_name, role) VALUES ($1, $2, $3, 'Matrix mate', 'viewer')`, [tenant!.id, mate, mateUser])
  }
  const key = v7()
  if (need('key')) await query(`INSERT INTO api_keys (tenant_id, id, owner_user_id, name, prefix, key_hash, scopes, expires_at) VALUES ($1, $2, $3, 'Matrix', 'bh_matrix00', $4, '{organization:read}', now() + interval '1 day')`, [tenant!.id, key, tenant!.owner, randomBytes(32)])
  const notification = v7()
  if (need('notification')) await query(`INSERT INTO notifications (tenant_id, id, owner_user_id, kind, title, link, entity_kind) VALUES ($1, $2, $3, 'job_finished', 'Matrix', '/', 'job')`, [tenant!.id, notification, tenant!.owner])
  const view = v7()
  if (need('view')) await query(`INSERT INTO saved_views (tenant_id, id, owner_user_id, list_key, name, name_lc, is_shared) VALUES ($1, $2, $3, 'matrix', $4, $4, true)`, [tenant!.id, view, tenant!.owner, `matrix ${view}`])
  const [other, link] = [need('other', 'link', 'dependency') ? await make(false) : '', v7()]
  if (need('link')) await query(`INSERT INTO record_links (tenant_id, id, relation, from_kind, from_id, from_container_id, to_kind, to_id, to_container_id) VALUES ($1, $2, 'about', 'task', $3, $5, 'task', $4, $5)`, [tenant!.id, link, other, task, project!.id])
  const [spare, workstream, goal, dependency] = [v7(), v7(), v7(), v7()]
  // A project has at most a hundred of each: those of earlier samples, of which no search knows, make room. Two, so that the second has a place to move up to.
  for (const [table, column] of [['workstreams', 'workstream_id'], ['goals', 'goal_id']] as const) await query(`DELETE FROM ${table} r WHERE tenant_id = $1 AND created_by IS NULL AND NOT EXISTS (SELECT FROM search_documents d WHERE d.tenant_id = $1 AND d.${column} = r.id)`, [tenant!.id])
  if (need('workstream')) for (const [position, id] of [spare, workstream].entries()) await query(`INSERT INTO workstreams (tenant_id, id, project_id, name, name_lc, position) VALUES ($1, $2, $3, $4, $4, $5)`, [tenant!.id, id, project!.id, `matrix ${id}`, position])
  if (need('goal')) await query(`INSERT INTO goals (tenant_id, id, project_id, title) VALUES ($1, $2, $3, 'Matrix')`, [tenant!.id, goal, project!.id])
  if (need('dependency')) await query(`INSERT INTO task_dependencies (tenant_id, id, project_id, task_id, depends_on_id) VALUES ($1, $2, $3, $4, $5)`, [tenant!.id, dependency, project!.id, other, task])
  const [entry, wish] = [v7(), v7()]
  if (need('entry')) {
  await query(`INSERT INTO context_entries (tenant_id, id, level, container_id, task_id, section, data) VALUES ($1, $2, 'task', $3, $4, 'Matrix', '{"matrix":1}')`, [tenant!.id, entry, project!.id, task])
    await query(`INSERT INTO context_versions (tenant_id, id, entry_id, container_id, version, data, author_user_id) VALUES ($1, $2, $3, $4, 1, '{"matrix":1}', $5)`, [tenant!.id, v7(), entry, project!.id, tenant!.owner])
  }
  if (need('wish')) await query(`INSERT INTO context_delegations (tenant_id, id, project_id, from_level, from_task_id, to_level, section, data, reason) VALUES ($1, $2, $3, 'task', $4, 'project', 'Matrix', '{"matrix":1}', 'Matrix')`, [tenant!.id, wish, project!.id, task])
  const [idea, rejectedIdea, validIdea] = [v7(), v7(), v7()]
  if (need('idea', 'rejectedIdea', 'validIdea')) {
  for (const [id, status] of [[idea, 'refining'], [rejectedIdea, 'rejected'], [validIdea, 'validated']] as const)
      await query(`INSERT INTO ideas (tenant_id, id, container_id, author_user_id, title, status) VALUES ($1, $2, $3, $4, 'Matrix', $5)`, [tenant!.id, id, project!.id, tenant!.owner, status])
  }
  // One for all: an organization has so many projects and no more.
  const place = v7()
  await query(`WITH made AS (INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id) SELECT $1, $2, 'project', 'Matrix elsewhere', 'organization', 'edit', $3 WHERE NOT EXISTS (SELECT FROM projects WHERE tenant_id = $1 AND slug = 'matrix-elsewhere') RETURNING tenant_id, id)
    INSERT INTO projects (tenant_id, id, slug, key, colour) SELECT tenant_id, id, 'matrix-elsewhere', 'MXELSE', '#475569' FROM made`, [tenant!.id, place, tenant!.owner])
  const [elsewhere] = await query<{ id: string }>(`SELECT id FROM projects WHERE tenant_id = $1 AND slug = 'matrix-elsewhere'`, [tenant!.id])
  // Archived, so that they take no place of the plan.
  const [spareProject, deletedProject] = [v7(), v7()]
  const keyOf = (id: string) => `M${id.slice(-5).toUpperCase()}`
  for (const [id, name] of [[spareProject, 'spareProject'], [deletedProject, 'deletedProject']] as const) if (need(name)) {
    await query(`INSERT INTO containers (tenant_id, id, kind, name, visibility, default_access, owner_user_id, archived_at, deleted_at, purge_after) VALUES ($1, $2, 'project', 'Matrix spare', 'organization', 'edit', $3, now(), $4, $4::timestamptz + interval '30 days')`, [tenant!.id, id, tenant!.owner, name === 'deletedProject' ? new Date() : null])
    await query(`INSERT INTO projects (tenant_id, id, slug, key, colour, status) VALUES ($1, $2, $3, $4, '#475569', 'archived')`, [tenant!.id, id, `matrix-${id}`, keyOf(id)])
  }
  const finished = need('finished') ? await make(false) : ''
  if (finished) await query(`UPDATE tasks SET status = 'done', status_rank = 5, progress = 100, completion_summary = 'Matrix', completed_at = now() WHERE tenant_id = $1 AND id = $2`, [tenant!.id, finished])
  const template = v7()
  // No more of them than an organization may have.
  await query(`DELETE FROM task_templates WHERE tenant_id = $1 AND name_lc LIKE 'matrix %' AND created_at < now() - interval '30 seconds'`, [tenant!.id])
  if (need('template')) await query(`INSERT INTO task_templates (tenant_id, id, kind, name, name_lc, content) VALUES ($1, $2, 'task', $3, $3, '{"tasks":[{"title":"Matrix"}]}')`, [tenant!.id, template, `matrix ${template}`])
  const suggestion = v7()
  // What was proposed before is not proposed again.
  await query(`DELETE FROM suggestions WHERE tenant_id = $1 AND title_lc NOT LIKE 'matrix %'`, [tenant!.id])
  if (need('suggestion')) await query(`INSERT INTO suggestions (tenant_id, id, project_id, kind, title_lc, payload) VALUES ($1, $2, $3, 'task', $4, '{"title":"Matrix","description":""}')`, [tenant!.id, suggestion, project!.id, `matrix ${suggestion}`])
  return { elsewhere: elsewhere!.id, finished, spareProject, spareKey: keyOf(spareProject), deletedProject, suggestion, template, idea, rejectedIdea, validIdea, entry, wish, third: need('third') ? await make(false) : '', workstream, goal, dependency, view, other, link, key, notification, mate, attachment, removedAttachment, team, spareTeam, person: tenant!.owner, invitation, rule, request, project: project!.id, projectVersion: project!.version, containerVersion: project!.container, task, taskVersion: 1, trashed: need('trashed') ? await make(true) : '', comment, label: label!.id }
}

/** Which rows an input asks for; null, which is all, where it does more with one than pass it on. */
async function askedBy(input: Input): Promise<Set<keyof Samples> | null> {
  const asked = new Set<keyof Samples>()
  try {
    await input(new Proxy({} as Samples, { get: (_, name) => (asked.add(name as keyof Samples), v7()) }))
    return asked
  } catch {
    return null
  }
}
