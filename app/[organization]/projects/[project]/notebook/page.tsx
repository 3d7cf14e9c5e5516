import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { classNames } from '@/components/ui/class-names'
import { NotFoundError } from '@/lib/errors'
import { type Delegation, listDelegations } from '@/lib/notebook/delegations'
import { resolveNotebook } from '@/lib/notebook/resolve'
import { LEVEL_LABELS, type PlaceInput } from '@/lib/notebook/schema'
import { can } from '@/lib/authorization/permissions'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { isUuid } from '@/lib/uuid'
import { ExportLinks } from '../../../notebook/export-links'
import { InheritSwitch } from '../../../notebook/inherit-switch'
import { NotebookView } from '../../../notebook/notebook-view'
import { NewSectionDialog } from '../../../notebook/section-dialog'
import { ProjectHeader } from '../project-header'
import { projectPage, projectTitle } from '../project-page'

type Props = { params: Promise<{ organization: string; project: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${await projectTitle(await params)} notebook` }
}

export default async function ProjectNotebookPage({ params, searchParams }: Props) {
  const query = await searchParams
  const data = await projectPage(await params, async (scope, { project }) => ({ notebook: await resolveNotebook(scope, await placeOf(scope, project.id, query)), delegations: await listDelegations(scope, project.id) }))
  const { member, project, choices, result: { notebook, delegations } } = data
  const { place, places, canEdit, canManage } = notebook
  const base = `/${member.organization.slug}`
  const path = `${base}/projects/${project.slug}/notebook`
  const mayDecide = ({ toLevel }: Delegation) => (toLevel === 'organization' ? project.access.canEdit && can(member.role, 'contexts:approve_any') : canManage)
  const here = { level: place.level, id: place.id }
  return (
    <>
      <ProjectHeader {...data} view="notebook" />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_16rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 className="text-base font-semibold wrap-anywhere">{LEVEL_LABELS[place.level]} {place.label}</h2>
            <div className="flex flex-wrap gap-2"><ExportLinks organization={member.organization.slug} place={here} />{canEdit && <NewSectionDialog place={here} />}</div>
          </div>
          {place.level === 'task' && canEdit && <InheritSwitch taskId={place.id} inherits={place.inherits} />}
          <NotebookView notebook={notebook} delegations={delegations} people={choices.members} base={base} timeZone={member.timezone} mayDecide={mayDecide} />
        </div>
        <nav aria-label="Levels" className="flex flex-col gap-1 max-lg:order-first">
          {places.map((one) => <Level key={one.id} href={one.path} label={`${LEVEL_LABELS[one.level]}: ${one.label}`} isCurrent={one.id === place.id} />)}
          {(choices.workstreams ?? []).filter(({ id }) => !places.some((one) => one.id === id)).map(({ id, name }) => <Level key={id} href={`${path}?workstream=${id}`} label={`Workstream: ${name}`} isCurrent={false} />)}
        </nav>
      </div>
    </>
  )
}

function Level({ href, label, isCurrent }: { href: string; label: string; isCurrent: boolean }) {
  return <AppLink
    href={href} aria-current={isCurrent ? 'page' : undefined}
    className={classNames('inline-flex min-h-8 items-center rounded-md px-3 wrap-anywhere', isCurrent ? 'bg-surface-hover font-medium' : 'text-text-muted hover:text-text hover:underline')}
  >{label}</AppLink>
}

// A workstream by its id, a task by its number; of another project they are not there.
async function placeOf({ tx }: Scope, projectId: string, { workstream, task }: Record<string, string | string[] | undefined>): Promise<PlaceInput> {
  if (typeof task === 'string') {
    const found = /^[1-9]\d{0,8}$/.test(task) ? await tx.task.findFirst({ where: { projectId, number: Number(task), deletedAt: null } }) : null
    if (!found) throw new NotFoundError()
    return { level: 'task', placeId: found.id }
  }
  if (typeof workstream === 'string') {
    if (!isUuid(workstream) || !(await tx.workstream.findFirst({ where: { projectId, id: workstream } }))) throw new NotFoundError()
    return { level: 'workstream', placeId: workstream }
  }
  return { level: 'project', placeId: projectId }
}
