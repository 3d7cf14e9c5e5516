import { Lightbulb } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { Segmented } from '@/components/ui/segmented'
import { Pagination } from '@/components/ui/pagination'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listIdeas } from '@/lib/ideas/ideas'
import { IDEA_STATUS_LABELS, IDEA_STATUSES, type IdeaStatus } from '@/lib/ideas/schema'
import { isOn } from '@/lib/modules/modules'
import { listProjects } from '@/lib/projects/projects'
import { pageOf } from '@/lib/keyset'
import { type SearchParams, withAfter } from '@/lib/tasks/filter-url'
import { toDay } from '@/lib/text'
import { isUuid } from '@/lib/uuid'
import { ExportMenu } from '../exports/export-menu'
import { IdeaBadge } from './idea-badge'
import { NewIdeaDialog } from './new-idea-dialog'

export const metadata: Metadata = { title: 'Ideas' }

const PAGE_SIZE = 100

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<SearchParams> }

export default async function IdeasPage({ params, searchParams }: Props) {
  const query = await searchParams
  const asked = [query.status].flat()[0] ?? ''
  const after = typeof query.after === 'string' && isUuid(query.after) ? query.after : undefined
  const status = (IDEA_STATUSES as readonly string[]).includes(asked) ? (asked as IdeaStatus) : undefined
  const { member, ideas, next, projects } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const { rows: ideas, next } = pageOf(await listIdeas(scope, { status, after, take: PAGE_SIZE + 1 }), PAGE_SIZE, ({ id }) => id)
    return { member: scope.member, ideas, next, projects: await listProjects(scope, { archived: false, today: toDay(new Date(), scope.member.organization.timezone) }) }
  })
  const path = `/${member.organization.slug}/ideas`
  return (
    <>
      <PageHeader
        title="Ideas" description="A draft is yours alone. Once it is taken up, four questions show whether it is worth doing."
        actions={<><ExportMenu list="ideas" />{can(member.role, 'ideas:create') && <NewIdeaDialog projects={projects.map(({ id, name }) => ({ id, name }))} />}</>}
      />
      <div className="mb-4"><Segmented label="Status" options={[{ href: path, label: 'All', current: !status }, ...IDEA_STATUSES.map((one) => ({ href: `${path}?status=${one}`, label: IDEA_STATUS_LABELS[one], current: one === status }))]} /></div>
      {ideas.length === 0 ? (
        <EmptyState icon={<Lightbulb />} title={status ? 'No ideas like that' : 'No ideas yet'}>Write down what could be better. Nobody else sees it before you take it up.</EmptyState>
      ) : (
        <Table caption="Ideas">
          <TableHead><Th>Idea</Th><Th>Status</Th><Th align="end">Score</Th><Th>Project</Th><Th>By</Th><Th>Written</Th></TableHead>
          <TableBody>
            {ideas.map((idea) => (
              <Tr key={idea.id}>
                <Td primary><AppLink href={`${path}/${idea.id}`} className="inline-flex min-h-6 items-center wrap-anywhere hover:underline">{idea.title}</AppLink></Td>
                <Td label="Status"><IdeaBadge status={idea.status} scorePm={idea.scorePm} /></Td>
                <Td label="Score" align="end">{idea.scorePm ?? '–'}</Td>
                <Td label="Project">{idea.projectName ?? 'None'}</Td>
                <Td label="By">{idea.authorName}</Td>
                <Td label="Written"><RelativeTime iso={idea.createdAt.toISOString()} timeZone={member.timezone} /></Td>
              </Tr>
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination previousHref={after ? withAfter(path, query, '') : undefined} nextHref={next ? withAfter(path, query, next) : undefined} />
    </>
  )
}
