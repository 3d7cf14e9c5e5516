import type pg from 'pg'
import { addAccessRule } from '@/lib/access/access-rules'
import { createApiKey } from '@/lib/api-keys/api-keys'
import { createTaskComment } from '@/lib/comments/comments'
import { newFileKey } from '@/lib/files/keys'
import { createInvitation } from '@/lib/invitations/invitations'
import { snoozeItem } from '@/lib/inbox/snoozes'
import { notify } from '@/lib/notifications/notify'
import { createLabel } from '@/lib/labels/labels'
import { setLogo } from '@/lib/organizations/profile'
import { ask } from '@/lib/platform/ask'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { shareProject } from '@/lib/projects/sharing'
import { addDependency } from '@/lib/tasks/dependencies'
import { reportProgress } from '@/lib/tasks/progress'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import { moveTask } from '@/lib/tasks/transitions'
import { linkTasks } from '@/lib/links/links'
import { createTeam } from '@/lib/teams/teams'
import { createView } from '@/lib/views/views'
import { withTenant } from '@/lib/tenancy/with-tenant'
import { decideSupport, listSupportSessions } from '@/lib/support/organization-support'
import { requestSupport } from '@/lib/support/platform-support'
import { requestSupportSchema } from '@/lib/support/schema'
import { v7 as uuidv7 } from '@/lib/uuid'
import { createGoal } from '@/lib/goals/goals'
import { createGoalSchema } from '@/lib/goals/schema'
import { createWorkstreamSchema } from '@/lib/workstreams/schema'
import { createWorkstream } from '@/lib/workstreams/workstreams'
import { delegateContext } from '@/lib/notebook/delegations'
import { writeEntry } from '@/lib/notebook/entries'
import { convertIdea } from '@/lib/ideas/convert'
import { createIdea } from '@/lib/ideas/ideas'
import { openIdea, refineIdea } from '@/lib/ideas/refine'
import { writeEntrySchema } from '@/lib/notebook/schema'
import { suggestPlan } from '@/lib/suggestions/suggestions'
import { createTemplateSchema } from '@/lib/templates/schema'
import { createTemplate, keepAsTemplate } from '@/lib/templates/templates'
import { withConnection } from './connections'
import { makeSuperAdmin } from './make-super-admin'
import { makeOrganization, type TestOrganization } from './make-organization'
import { setLimit } from './set-limit'

export type Twin = TestOrganization & { canary: string; projectId: string; projectSlug: string; taskId: string; labelId: string; teamId: string; taskCount: number }

/**
 * Two organizations that nobody could tell apart by a natural key: names, slugs, keys, numbers, labels, words are the
 * same, every tenant table has rows of both, and every other text carries a canary unique to its organization.
 */
export async function makeTwins(): Promise<[Twin, Twin]> {
  return [await makeTwin(), await makeTwin()]
}

const PICTURE = `data:image/png;base64,${Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]).toString('base64')}`

async function makeTwin(): Promise<Twin> {
  const organization = await makeOrganization({ name: 'Twin' })
  const { owner, tenantId } = organization
  const member = await organization.add('member')
  await setLimit(tenantId, 'projects', 100)
  await ask('count_usage($1, $2, $3, $4)', [tenantId, 'api_calls', new Date(), 7])
  const made = await withTenant(owner, async (scope) => {
    await addAccessRule(scope, { value: 'partner.example', role: 'viewer' })
    await setLogo(scope, PICTURE)
    const team = await createTeam(scope, { name: 'Office', userIds: [owner.userId, member.userId] })
    await createInvitation(scope, { email: 'friend@partner.example', role: 'viewer', teamIds: [team.id], message: 'Come and see', days: 7, skipOnboarding: false, delivery: 'link' })
    const label = await createLabel(scope, { name: 'Urgent', colour: '#2563eb', isPersonal: false })
    await createLabel(scope, { name: 'Mine', colour: '#2563eb', isPersonal: true })
    const project = await createProject(scope, createProjectSchema.parse({ name: 'Winter readiness', description: 'Salt and plows' }))
    await shareProject(scope, { id: project.id, version: 1, visibility: 'organization', defaultAccess: 'edit', teamId: null, shares: [`user:${member.userId}:view`, `team:${team.id}:edit`] })
    const workstream = await createWorkstream(scope, createWorkstreamSchema.parse({ projectId: project.id, name: 'Vehicles', description: 'Everything with an engine' }))
    const goal = await createGoal(scope, createGoalSchema.parse({ projectId: project.id, title: 'Ready for the snow', description: 'Before December' }))
    const input = { workstreamId: workstream.id, goalId: goal.id, projectId: project.id, title: 'Check the plows', description: 'Before the first snow', assignees: [owner.userId], labels: [label.id] }
    const task = await createTask(scope, createTaskSchema.parse(input))
    const salt = await createTask(scope, createTaskSchema.parse({ ...input, title: 'Order salt', parentId: task.id }))
    await addDependency(scope, { taskId: salt.id, dependsOnId: (await createTask(scope, createTaskSchema.parse({ projectId: project.id, title: 'Ask for prices' }))).id })
    await reportProgress(scope, { taskId: salt.id, body: 'Two offers are here', percent: 20 })
    await scope.tx.container.updateMany({ where: { id: project.id }, data: { logReads: true } })
    await scope.tx.$queryRaw`SELECT kernel.note_refused(${salt.id}::uuid, NULL, NULL, 'open', now())::text`
    const note = (level: string, placeId: string, data: object) => writeEntry(scope, writeEntrySchema.parse({ level, placeId, section: 'Depot', data: JSON.stringify(data), inherits: 'true' }))
    await note('organization', '', { gate: 'Code 7' })
    const noted = await note('project', project.id, { salt: 'In hall 2' })
    await note('task', salt.id, { salt: 'Ordered' })
    await delegateContext(scope, { entryId: noted.id, toLevel: 'organization', names: ['salt'], reason: 'Everybody asks' })
    const idea = await createIdea(scope, { title: 'Heated gritting lorries', body: 'Salt stays dry in a heated lorry '.repeat(6), projectId: null })
    await createIdea(scope, { title: 'A draft of my own', body: '', projectId: project.id })
    await openIdea(scope, { id: idea.id, version: 1 })
    await refineIdea(scope, { id: idea.id, version: 2, answer1: 'The drivers lose an hour each night to clumped salt', answer2: '90 percent of the salt stays dry', answer3: '12h', answer4: 'Nothing much' })
    await convertIdea(scope, { id: idea.id, version: 3, projectId: project.id, goalId: null, lines: ['Ask for heaters'] })
    await createTemplate(scope, createTemplateSchema.parse({ kind: 'checklist', name: 'Before a storm', outline: 'Fill the tanks' }))
    await keepAsTemplate(scope, { taskId: task.id, name: 'Plows', isShared: false })
    await suggestPlan(scope, project.id)
    await linkTasks(scope, { taskId: salt.id, otherId: task.id, relation: 'follows', isReversed: false })
    await scope.tx.taskMove.createMany({ data: [{ fromContainerId: project.id, fromNumber: 99, toContainerId: project.id, taskId: task.id }] })
    for (const isShared of [true, false]) await createView(scope, { list: 'tasks', name: isShared ? 'Overdue' : 'My own', query: 'due=overdue', isShared, isDefault: !isShared })
    await moveTask(scope, { id: task.id, version: 1, to: 'in_progress', note: 'Begun', summary: '', cancelSubtasks: false })
    await createTaskComment(scope, { taskId: task.id, body: 'The second plow leaks oil' })
    const about = { entityKind: 'task', entityId: task.id, containerId: project.id, createdBy: owner.userId }
    await scope.tx.attachment.createMany({ data: [{ ...about, fileName: 'plan.txt', mime: 'text/plain', sizeBytes: 1, sha256: Buffer.alloc(32), storageKey: newFileKey(tenantId) }] })
    await scope.tx.export.createMany({ data: [{ requestedBy: owner.userId, list: 'tasks', format: 'csv', rowCount: 2, fileName: 'tasks.csv', sizeBytes: 1, storageKey: newFileKey(tenantId), expiresAt: new Date('2126-01-01') }] })
    const [batchId, guards] = [uuidv7(), { containerId: project.id }]
    await scope.tx.importBatch.createMany({ data: [{ id: batchId, target: 'tasks', requestedBy: owner.userId, fileName: 'tasks.csv', fileSha256: Buffer.alloc(32), sizeBytes: 1, storageKey: newFileKey(tenantId), sourceFormat: 'csv', ...guards }] })
    await scope.tx.importRow.createMany({ data: [{ importBatchId: batchId, line: 2, outcome: 'created', targetKind: 'task', targetId: task.id, targetVersion: 1, ...guards }] })
    await scope.tx.importIdMap.createMany({ data: [{ importBatchId: batchId, sourceId: '7', targetKind: 'task', targetId: task.id, ...guards }] })
    await scope.tx.importMapping.createMany({ data: [{ ownerUserId: owner.userId, target: 'tasks', name: 'Old tasks', nameLc: 'old tasks', mapping: {} }] })
    // Due in a hundred years: no runner takes it.
    await scope.tx.job.createMany({ data: [{ kind: 'probe', requestedBy: owner.userId, runAfter: new Date('2126-01-01') }] })
    await notify(scope, [{ userId: owner.userId, kind: 'job_finished', title: 'The export is ready', link: '/', entityKind: 'job', containerId: project.id }])
    await snoozeItem(scope, { key: `task:${task.id}`, days: 1 })
    await createApiKey(scope, { name: 'Robot', scopes: ['organization:read'], containerId: project.id, days: 30, ratePerHour: 1000 })
    return { projectId: project.id, projectSlug: project.slug, taskId: task.id, labelId: label.id, teamId: team.id, taskCount: await scope.tx.task.count() }
  })
  // Asked for by somebody of the platform, and declined.
  const sam = await makeSuperAdmin()
  await requestSupport(sam.token, requestSupportSchema.parse({ organization: organization.slug, reason: 'The salt is missing', reference: 'HELP-1' }))
  await withTenant(owner, async (scope) => decideSupport(scope, { id: (await listSupportSessions(scope))[0]!.id, decision: 'decline' }))
  await ask('seal_audit($1, $2, $3)', [tenantId, new Date(Date.now() + 1_000), new Date()])
  const canary = `canary${tenantId.replaceAll('-', '')}`
  await withConnection('DATABASE_URL', (client) => plantCanaries(client, tenantId, canary))
  return { ...organization, ...made, canary }
}

// Whatever is not part of a natural key, on every tenant table there is, so that a new table is marked without being named here.
async function plantCanaries(client: pg.Client, tenantId: string, canary: string): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(`
    SELECT d.table_name AS table, a.attname::text AS column, a.atttypid::regtype::text AS type
      FROM kernel.tables d JOIN pg_attribute a ON a.attrelid = ('public.' || d.table_name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
     WHERE d.family <> 'global' AND a.attgenerated = '' AND a.atttypid IN ('text'::regtype, 'jsonb'::regtype) AND a.attname NOT IN ('name', 'title')
       AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND a.attnum = ANY (i.indkey))
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND a.attnum = ANY (c.conkey) AND pg_get_constraintdef(c.oid) !~ 'char_length')`)
  for (const { table, column, type } of rows) {
    const value = type === 'jsonb' ? `jsonb_build_object('canary', $2::text)` : `coalesce("${column}" || ' ', '') || $2`
    await client.query(`UPDATE public."${table}" SET "${column}" = ${value} WHERE tenant_id = $1`, [tenantId, canary])
  }
}
