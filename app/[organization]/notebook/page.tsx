import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { memberPage } from '@/lib/auth/session'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { listDelegations } from '@/lib/notebook/delegations'
import { resolveNotebook } from '@/lib/notebook/resolve'
import { ExportLinks } from './export-links'
import { NotebookView } from './notebook-view'
import { NewSectionDialog } from './section-dialog'

export const metadata: Metadata = { title: 'Notebook' }

export default async function NotebookPage({ params }: { params: Promise<{ organization: string }> }) {
  const { member, notebook, delegations, people } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    return { member: scope.member, notebook: await resolveNotebook(scope, { level: 'organization', placeId: '' }), delegations: await listDelegations(scope, null), people: await listMembers(scope) }
  })
  const base = `/${member.organization.slug}`
  const place = { level: notebook.place.level, id: notebook.place.id }
  return (
    <>
      <PageHeader
        title="Notebook" description="What holds for the whole organization. Projects, workstreams and tasks take it over and may say it differently."
        actions={<><ExportLinks organization={member.organization.slug} place={place} />{notebook.canEdit && <NewSectionDialog place={place} />}</>}
      />
      <div className="max-w-3xl"><NotebookView notebook={notebook} delegations={delegations} people={people} base={base} timeZone={member.timezone} mayDecide={() => notebook.canManage} /></div>
    </>
  )
}
