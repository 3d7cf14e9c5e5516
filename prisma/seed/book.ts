import { convertIdea } from '@/lib/ideas/convert'
import { archiveIdea, createIdea } from '@/lib/ideas/ideas'
import { openIdea, refineIdea } from '@/lib/ideas/refine'
import { decideDelegation, delegateContext } from '@/lib/notebook/delegations'
import { writeEntry } from '@/lib/notebook/entries'
import type { Level } from '@/lib/notebook/schema'
import type { Member } from '@/lib/tenancy/member'
import { type Scope, withTenant } from '@/lib/tenancy/with-tenant'
import { createTemplateSchema } from '@/lib/templates/schema'
import { createTemplate } from '@/lib/templates/templates'
import { IDEAS, TEMPLATES } from './book-texts'

/** Notebook and templates of Fern & Forge, ideas of Copperleaf: all of one kind in a transaction, so that what was stopped is made the next time. */
export async function fillBook(slug: string, owner: Member): Promise<void> {
  if (slug === 'copperleaf') return withTenant(owner, makeIdeas)
  if (slug !== 'fern-forge') return
  await withTenant(owner, async (scope) => {
    if ((await scope.tx.taskTemplate.count()) === 0) for (const template of TEMPLATES) await createTemplate(scope, createTemplateSchema.parse(template))
  })
  await withTenant(owner, makeNotebook)
}

/** Four levels, of which the lower ones say two things differently; three pieces passed on, one of each outcome. */
async function makeNotebook(scope: Scope): Promise<void> {
  if ((await scope.tx.contextEntry.count()) > 0) return
  const project = await scope.tx.project.findFirstOrThrow({ where: { slug: 'website-relaunch' } })
  const workstream = await scope.tx.workstream.findFirstOrThrow({ where: { projectId: project.id }, orderBy: { position: 'asc' } })
  const task = await scope.tx.task.findFirstOrThrow({ where: { projectId: project.id, workstreamId: workstream.id, parentId: null }, orderBy: { number: 'asc' } })
  const write = (level: Level, placeId: string, section: string, data: Record<string, string | string[]>) => writeEntry(scope, { level, placeId, section, data, inherits: true, version: 0 })
  await write('organization', '', 'How we work', { 'Code review': 'One other person reads every change.', 'Working hours': '9 to 17, Berlin', Languages: ['English', 'German'] })
  await write('organization', '', 'Contacts', { Press: 'Ada Moss', Hosting: 'support@hosting.example, around the clock' })
  await write('project', project.id, 'How we work', { 'Code review': 'Two people read what touches the sign-up.', Branches: 'One a workstream' })
  const decisions = await write('project', project.id, 'Decisions', { Fonts: 'Those of the system: nothing to load.', Cookies: 'None, so there is no banner.' })
  await write('workstream', workstream.id, 'Tone', { Address: 'You, never the customer', Length: 'One screen a page' })
  const learned = await write('task', task.id, 'Insights', { Errors: 'People read the first line only.', Fields: 'Three fields: half as many leave as with seven.' })
  // What holds everywhere else does not hold in the shop.
  const shop = await scope.tx.workstream.findFirstOrThrow({ where: { name: 'Store release' } })
  await writeEntry(scope, { level: 'workstream', placeId: shop.id, section: 'How we work', data: { Releases: 'As the stores allow: on Tuesdays' }, inherits: false, version: 0 })
  await delegateContext(scope, { entryId: decisions.id, toLevel: 'organization', names: ['Cookies'], reason: 'Holds for every site of ours.' })
  const approved = await delegateContext(scope, { entryId: learned.id, toLevel: 'project', names: ['Fields'], reason: 'Every form of the relaunch can use it.' })
  const rejected = await delegateContext(scope, { entryId: learned.id, toLevel: 'workstream', names: ['Errors'], reason: 'Texts of errors are written here too.' })
  await decideDelegation(scope, { id: approved.id, decision: 'approved', note: '' })
  await decideDelegation(scope, { id: rejected.id, decision: 'rejected', note: 'Measured on one page only. Try it on a second one first.' })
}

async function makeIdeas(scope: Scope): Promise<void> {
  if ((await scope.tx.idea.count()) > 0) return
  const project = await scope.tx.project.findFirstOrThrow({ where: { slug: 'spring-campaign' } })
  for (const { title, body, status, answers, tasks } of IDEAS) {
    const { id } = await createIdea(scope, { title, body, projectId: null })
    if (status === 'draft') continue
    await openIdea(scope, { id, version: 1 })
    if (answers) await refineIdea(scope, { id, version: 2, answer1: answers[0], answer2: answers[1], answer3: answers[2], answer4: answers[3] })
    if (tasks) await convertIdea(scope, { id, version: 3, projectId: project.id, goalId: null, lines: tasks })
    if (status === 'archived') await archiveIdea(scope, { id, version: 2 })
  }
}
