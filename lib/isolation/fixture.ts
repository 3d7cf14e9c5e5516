import type pg from 'pg'
import { v7 as uuidv7 } from '@/lib/uuid'
import { insert, type Row } from './insert'
import { makeMatters } from './person-fixture'

/** Somebody of a throw-away organization; `matters`: one row of each table that is theirs alone. */
export type Person = { tenantId: string; userId: string; role: string; matters: Map<string, Row> }

/**
 * Makes an organization with one row in every tenant table, and a person with one in every table of theirs, through the two runtime roles, in the open transaction. Its
 * natural keys are always the same, so two of them are twins. The probe rolls it back.
 */
export async function makeThrowaway(client: pg.Client): Promise<Person> {
  const [tenantId, userId, at] = [uuidv7(), uuidv7(), new Date()]
  const mark = tenantId.replaceAll('-', '').slice(-12)
  await client.query('SET LOCAL ROLE app_platform')
  await client.query('SELECT kernel.enter_person($1)', [userId])
  await client.query('INSERT INTO users (id, name, email, email_lc) VALUES ($1, $2, $3, $3)', [userId, 'Probe', `${mark}@probe.invalid`])
  const matters = await makeMatters(client, userId)
  const organization = { id: tenantId, code: mark.toUpperCase(), slug: `probe-${mark}`, name: 'Probe', kind: 'company', status: 'trial', plan_key: 'free', timezone: 'UTC', currency: 'USD', colour: '#000000', is_demo: false }
  const modules = [{ id: uuidv7(), key: 'projects', enabled: true }]
  await client.query('SELECT kernel.create_organization($1, $2, $3, $4, $5, $6)', [JSON.stringify(organization), userId, 'Probe', uuidv7(), JSON.stringify(modules), at])
  await client.query(`SELECT kernel.count_usage($1, 'api_calls', $2, 1)`, [tenantId, at])
  // Set by the console's function alone.
  await client.query('SET LOCAL ROLE app_directory')
  await client.query(`SELECT kernel.set_limit($1, 'members', 40, $2)`, [tenantId, at])
  await client.query('SET LOCAL ROLE app_tenant')
  await client.query('SELECT kernel.enter($1, $2, $3)', [tenantId, userId, 'owner'])
  for (const [table, row] of rowsOf(tenantId, userId)) await insert(client, table, { tenant_id: tenantId, ...row })
  // Written by nobody but this function; to oneself only of a job.
  await client.query(`SELECT kernel.notify(jsonb_build_array(jsonb_build_object('id', $2::uuid, 'user_id', $3::uuid, 'kind', 'job_finished', 'title', 'Probe', 'link', '/', 'entity_kind', 'job', 'container_id', p.id)), $4) FROM projects p WHERE p.tenant_id = $1`, [tenantId, uuidv7(), userId, at])
  await client.query(`UPDATE containers SET log_reads = true WHERE name = 'Probe'`)
  await client.query(`SELECT kernel.note_refused(NULL, 'probe', 1, 'open', now())`)
  // Entered by a super-admin alone, whom no role of the product makes: as the functions write it.
  const [support, supportEvent] = [uuidv7(), uuidv7()]
  await client.query('SET LOCAL ROLE app_directory')
  await insert(client, 'support_sessions', { tenant_id: tenantId, id: support, admin_user_id: userId, admin_name: 'Probe', admin_email: 'probe@probe.invalid', reason: 'A probe of the walls', mode: 'read_only', status: 'declined', minutes: 5, decided_by: userId })
  await insert(client, 'audit_events', { tenant_id: tenantId, id: supportEvent, actor_user_id: userId, actor_kind: 'support', support_session_id: support, action: 'support.requested', entity_kind: 'support_session', at })
  await client.query('SET LOCAL ROLE app_tenant')
  await client.query('UPDATE memberships SET admitted_by_rule_id = (SELECT id FROM access_rules WHERE tenant_id = $1) WHERE tenant_id = $1', [tenantId])
  await client.query('SET LOCAL ROLE app_platform')
  await client.query('SELECT kernel.seal_audit($1, $2, $3)', [tenantId, new Date(at.getTime() + 60_000), at])
  await client.query('SET LOCAL ROLE app_tenant')
  return { tenantId, userId, role: 'owner', matters }
}

// Parents first. A new tenant table needs a line here: the probe says so until it has one.
function rowsOf(tenantId: string, me: string): [table: string, row: Row][] {
  const [team, container, parent, task, label, event, document, batch, invitation, key, part, workstream, goal, entry, rule, words, idea] = Array.from({ length: 17 }, () => uuidv7())
  const about = { entity_kind: 'task', entity_id: task, container_id: container }
  const guards = { container_id: container, owner_user_id: me }
  const project = { kind: 'project', visibility: 'organization', default_access: 'edit', owner_user_id: me }
  return [
    ['access_rules', { id: uuidv7(), kind: 'domain', value_lc: 'probe.invalid', role: 'viewer', created_by: me }],
    ['organization_logos', { id: uuidv7(), mime: 'image/png', bytes: Buffer.alloc(8, 1) }],
    ['invitations', { id: invitation, email: 'you@probe.invalid', email_lc: 'you@probe.invalid', role: 'viewer', token_hash: Buffer.alloc(32, 7), delivered_by: 'link', expires_at: new Date(), created_by: me, accepted_at: new Date(), accepted_by: me }],
    ['teams', { id: team, name: 'Probe', name_lc: 'probe' }],
    ['invitation_teams', { id: uuidv7(), invitation_id: invitation, team_id: team }],
    ['team_members', { id: uuidv7(), team_id: team, user_id: me }],
    ['containers', { id: parent, name: 'Parent', ...project, team_id: team }],
    ['containers', { id: container, name: 'Probe', ...project, team_id: team, parent_id: parent }],
    ['container_members', { id: uuidv7(), container_id: container, team_id: team, access: 'view' }],
    ['container_members', { id: uuidv7(), container_id: container, user_id: me, access: 'manage' }],
    ['projects', { id: container, slug: 'probe', key: 'PR', colour: '#000000' }],
    ['workstreams', { id: workstream, project_id: container, name: 'Probe', name_lc: 'probe' }],
    ['goals', { id: goal, project_id: container, title: 'Probe' }],
    ['tasks', { id: task, project_id: container, number: 1, title: 'Probe', workstream_id: workstream, goal_id: goal }],
    ['tasks', { id: part, project_id: container, parent_id: task, number: 2, title: 'Part' }],
    ['task_moves', { id: uuidv7(), from_container_id: container, from_number: 7, to_container_id: container, task_id: task }],
    ['task_dependencies', { id: uuidv7(), project_id: container, task_id: part, depends_on_id: task }],
    ['task_progress', { id: uuidv7(), project_id: container, task_id: task, seq: 1, author_user_id: me, body: 'Probe' }],
    ['ideas', { id: idea, container_id: container, author_user_id: me, status: 'refining', title: 'Probe' }],
    ['ideas', { id: uuidv7(), container_id: container, owner_user_id: me, author_user_id: me, title: 'Probe' }],
    ['idea_answers', { id: uuidv7(), idea_id: idea, container_id: container, question: 1, body: 'Probe', author_user_id: me }],
    ['idea_tasks', { id: uuidv7(), idea_id: idea, project_id: container, task_id: task }],
    ['suggestions', { id: uuidv7(), project_id: container, kind: 'task', title_lc: 'probe', payload: { title: 'Probe' } }],
    ['task_templates', { id: uuidv7(), container_id: container, kind: 'task', name: 'Probe', name_lc: 'probe', content: { tasks: [{ title: 'Probe' }] } }],
    ['context_entries', { id: entry, level: 'task', container_id: container, task_id: task, section: 'Probe', data: { probe: 1 } }],
    ['context_entries', { id: uuidv7(), level: 'workstream', container_id: container, workstream_id: workstream, section: 'Probe', data: { probe: 1 } }],
    ['context_entries', { id: rule, level: 'organization', section: 'Probe', data: { probe: 1 } }],
    ['context_versions', { id: uuidv7(), entry_id: entry, container_id: container, version: 1, data: { probe: 1 }, author_user_id: me }],
    ['context_delegations', { id: uuidv7(), project_id: container, from_level: 'task', from_task_id: task, to_level: 'workstream', to_workstream_id: workstream, section: 'Probe', data: { probe: 1 }, reason: 'Probe' }],
    ['context_delegations', { id: uuidv7(), project_id: container, from_level: 'workstream', from_workstream_id: workstream, to_level: 'project', section: 'Probe', data: { probe: 1 }, reason: 'Probe' }],
    ['record_links', { id: uuidv7(), relation: 'follows', from_kind: 'task', from_id: part, from_container_id: container, to_kind: 'task', to_id: task, to_container_id: container }],
    ['task_assignees', { id: uuidv7(), project_id: container, task_id: task, user_id: me }],
    ['task_status_changes', { id: uuidv7(), project_id: container, task_id: task, from_status: 'todo', to_status: 'done', actor_user_id: me }],
    ['labels', { id: label, name: 'Probe', name_lc: 'probe', colour: '#000000', owner_user_id: me }],
    ['record_labels', { id: uuidv7(), label_id: label, ...about, owner_user_id: me }],
    ['comments', { id: uuidv7(), author_user_id: me, body: 'Probe', owner_user_id: me, ...about }],
    ['search_documents', { id: document, title: 'Probe', owner_user_id: me, ...about }],
    ['search_documents', { id: uuidv7(), entity_kind: 'workstream', entity_id: workstream, workstream_id: workstream, container_id: container, title: 'Probe' }],
    ['search_documents', { id: uuidv7(), entity_kind: 'goal', entity_id: goal, goal_id: goal, container_id: container, title: 'Probe' }],
    ['search_documents', { id: uuidv7(), entity_kind: 'context', entity_id: entry, context_id: entry, guard_key: container, container_id: container, title: 'Probe' }],
    ['search_documents', { id: uuidv7(), entity_kind: 'idea', entity_id: idea, idea_id: idea, guard_key: container, container_id: container, title: 'Probe' }],
    ['search_documents', { id: words, entity_kind: 'context', entity_id: rule, context_id: rule, guard_key: '00000000-0000-0000-0000-000000000000', title: 'Probe' }],
    ['search_tokens', { id: uuidv7(), document_id: words, token: 'probe', weight: 1, guard_key: '00000000-0000-0000-0000-000000000000' }],
    ['search_tokens', { id: uuidv7(), document_id: document, token: 'probe', weight: 1, container_id: container, owner_user_id: me }],
    ['attachments', { id: uuidv7(), file_name: 'probe.txt', mime: 'text/plain', size_bytes: 1, sha256: Buffer.alloc(32, 7), storage_key: `${tenantId}/${'7'.repeat(32)}`, owner_user_id: me, ...about }],
    ['exports', { id: uuidv7(), requested_by: me, list: 'tasks', format: 'csv', row_count: 1, file_name: 'probe.csv', size_bytes: 1, storage_key: `${tenantId}/${'8'.repeat(32)}`, expires_at: new Date() }],
    ['import_batches', { id: batch, target: 'tasks', requested_by: me, file_name: 'probe.csv', file_sha256: Buffer.alloc(32, 7), size_bytes: 1, storage_key: `${tenantId}/${'9'.repeat(32)}`, source_format: 'csv', ...guards }],
    ['import_rows', { id: uuidv7(), import_batch_id: batch, line: 2, outcome: 'created', target_kind: 'task', target_id: task, target_version: 1, ...guards }],
    ['import_id_map', { id: uuidv7(), import_batch_id: batch, source_id: '7', target_kind: 'task', target_id: task, ...guards }],
    ['import_mappings', { id: uuidv7(), owner_user_id: me, target: 'tasks', name: 'Probe', name_lc: 'probe', mapping: {} }],
    ['jobs', { id: uuidv7(), kind: 'probe', requested_by: me }],
    ['api_keys', { id: key, owner_user_id: me, name: 'Probe', prefix: 'bh_probe000', key_hash: Buffer.alloc(32, 7), scopes: ['organization:read'], container_id: container, expires_at: new Date() }],
    ['api_keys', { id: uuidv7(), owner_user_id: me, name: 'Probe', prefix: 'bh_probe001', key_hash: Buffer.alloc(32, 8), scopes: ['organization:read'], rotated_from_id: key, expires_at: new Date() }],
    ['saved_views', { id: uuidv7(), owner_user_id: me, list_key: 'tasks', name: 'Probe', name_lc: 'probe', config: {} }],
    ['inbox_snoozes', { id: uuidv7(), user_id: me, item_key: 'task:probe', until: new Date() }],
    ['audit_events', { id: event, actor_user_id: me, action: 'probe.made', api_key_id: key, ...about }],
    ['audit_details', { id: uuidv7(), event_id: event, label: 'Probe', container_id: container, owner_user_id: me }],
  ]
}
