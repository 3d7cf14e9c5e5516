import { LayoutTemplate } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { isOn } from '@/lib/modules/modules'
import { listProjects } from '@/lib/projects/projects'
import { KIND_LABELS, TEMPLATE_KINDS, type TemplateKind } from '@/lib/templates/schema'
import { textOf } from '@/lib/templates/outline'
import { listTemplates } from '@/lib/templates/templates'
import { toDay } from '@/lib/text'
import { ExportMenu } from '../exports/export-menu'
import { TemplateCard } from './template-card'
import { NewTemplateDialog } from './template-dialog'

export const metadata: Metadata = { title: 'Templates' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<{ kind?: string | string[] }> }

export default async function TemplatesPage({ params, searchParams }: Props) {
  const asked = [(await searchParams).kind].flat()[0] ?? ''
  const kind = (TEMPLATE_KINDS as readonly string[]).includes(asked) ? (asked as TemplateKind) : undefined
  const { member, templates, projects } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    return { member: scope.member, templates: await listTemplates(scope, { kind }), projects: await listProjects(scope, { archived: false, today: toDay(new Date(), scope.member.organization.timezone) }) }
  })
  const path = `/${member.organization.slug}/templates`
  const mayManage = can(member.role, 'templates:manage')
  const places = can(member.role, 'tasks:create') ? projects.filter(({ status }) => status === 'active').map(({ id, name }) => ({ value: id, label: name })) : []
  return (
    <>
      <PageHeader
        title="Templates"
        description="Work that comes again: a task with its parts, a checklist, or tasks that wait for each other. Everybody here reads those that are of no project."
        actions={<><ExportMenu list="templates" />{mayManage && <NewTemplateDialog kind={kind} projects={places} />}</>}
      />
      <div className="mb-4"><Segmented label="Kind" options={[{ href: path, label: 'All', current: !kind }, ...TEMPLATE_KINDS.map((one) => ({ href: `${path}?kind=${one}`, label: KIND_LABELS[one], current: one === kind }))]} /></div>
      {templates.length === 0 ? (
        <EmptyState icon={<LayoutTemplate />} title={kind ? `No ${KIND_LABELS[kind].toLowerCase()} yet` : 'No templates yet'}>
          {mayManage ? 'Write down once what you do again and again, or keep a task as a template from its own page.' : 'Owners, admins, managers and members make them.'}
        </EmptyState>
      ) : (
        <ul aria-label="Templates" className="grid items-start gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {templates.map((template) => <TemplateCard key={template.id} template={template} outline={textOf(template.content)} projects={template.project ? places.filter(({ value }) => value === template.project!.id) : places} mayManage={mayManage} />)}
        </ul>
      )}
    </>
  )
}
