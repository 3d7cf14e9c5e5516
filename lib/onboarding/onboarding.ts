import 'server-only'
import { z } from 'zod'
import { timezone } from '@/lib/account/schema'
import { recordAudit } from '@/lib/audit/audit'
import { ConflictError } from '@/lib/errors'
import { createProject } from '@/lib/projects/projects'
import { createProjectSchema } from '@/lib/projects/schema'
import { createTaskSchema } from '@/lib/tasks/schema'
import { createTask } from '@/lib/tasks/tasks'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { line } from '@/lib/text'

export const onboardingSchema = z.strictObject({ name: line('A name', 120), timezone, organizationName: line('A name', 120).optional(), sampleData: z.stringbool().default(false) })
export type Onboarding = z.infer<typeof onboardingSchema>

/** Ends the set-up of a membership, once: how the person is called here, and for an owner what the organization is called and where it is. @throws ConflictError when it was done */
export async function finishOnboarding(scope: Scope, { name, organizationName, timezone, sampleData }: Onboarding): Promise<void> {
  const { tx, member } = scope
  const at = new Date()
  if (member.role === 'owner' && organizationName) {
    await tx.$executeRaw`SELECT kernel.name_organization(${organizationName}, ${timezone}, ${at})`
    await recordAudit(scope, {
      action: 'organization.updated', entityKind: 'organization', entityId: member.tenantId, label: organizationName,
      changes: { name: [member.organization.name, organizationName], timezone: [member.organization.timezone, timezone] },
    })
  }
  if (sampleData && member.role === 'owner') await createSampleData(scope)
  const [row] = await tx.$queryRaw<{ done: boolean }[]>`SELECT kernel.finish_onboarding(${name}, ${at}) AS done`
  if (!row?.done) throw new ConflictError('This has been done already.', 'already_done')
  await recordAudit(scope, { action: 'member.onboarded', entityKind: 'member', entityId: member.userId, label: name })
}

const SAMPLES = [
  { title: 'Open this task and read what is on it', priority: 'high', description: 'Every task has a status, people, a due date, comments and a history.' },
  { title: 'Move me on the board', priority: 'medium', description: 'Drag a card, or use its menu or the arrow keys.' },
  { title: 'Press Ctrl K and search for anything', priority: 'medium', description: 'The command menu goes to every page and finds every task.' },
  { title: 'Invite somebody', priority: 'low', description: 'Under Invitations.' },
]

async function createSampleData(scope: Scope): Promise<void> {
  const project = await createProject(scope, createProjectSchema.parse({
    name: 'Look around', description: 'Sample tasks. Archive this project when you have seen enough.',
    visibility: scope.member.organization.kind === 'personal' ? 'private' : 'organization',
  }))
  for (const sample of SAMPLES) await createTask(scope, createTaskSchema.parse({ projectId: project.id, ...sample, assignees: [scope.member.userId] }))
}

export type ChecklistStep = { key: string; label: string; href: string; isDone: boolean }

/** What a new organization has still to do, for its owner; empty once all of it is done. */
export async function listChecklist({ tx, member }: Scope): Promise<ChecklistStep[]> {
  if (member.role !== 'owner') return []
  const base = `/${member.organization.slug}`
  const [tasks, done, members, invitations] = [
    await tx.task.count({ where: { createdBy: member.userId, deletedAt: null }, take: 1 }),
    await tx.task.count({ where: { status: 'done', deletedAt: null }, take: 1 }),
    await tx.membership.count({ where: { status: 'active' }, take: 2 }),
    await tx.invitation.count({ take: 1 }),
  ]
  const steps = [
    { key: 'task', label: 'Create a first task', href: `${base}/tasks`, isDone: tasks > 0 },
    { key: 'done', label: 'Complete a task', href: `${base}/tasks`, isDone: done > 0 },
    { key: 'invite', label: 'Invite somebody', href: `${base}/settings/invitations`, isDone: members > 1 || invitations > 0 },
  ]
  return steps.every(({ isDone }) => isDone) ? [] : steps
}
