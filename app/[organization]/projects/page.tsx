import { FolderKanban } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Segmented } from '@/components/ui/segmented'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { isOn } from '@/lib/modules/modules'
import { pageOf } from '@/lib/keyset'
import { readRemaining } from '@/lib/plans/limits'
import { type Health, readHealth } from '@/lib/projects/health'
import { listProjects, projectCursor, type ProjectSummary } from '@/lib/projects/projects'
import { listTeams } from '@/lib/teams/teams'
import { toDay } from '@/lib/text'
import { ExportMenu } from '../exports/export-menu'
import { withAfter, withParameter } from '@/lib/tasks/filter-url'
import { DueDate } from '../tasks/due-date'
import { HealthBadge } from './health-badge'
import { ProjectCards } from './project-cards'
import { NewProjectDialog } from './new-project-dialog'
import { VisibilityBadge } from './visibility'

export const metadata: Metadata = { title: 'Projects' }

const PAGE_SIZE = 100

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ProjectsPage({ params, searchParams }: Props) {
  const query = await searchParams
  const archived = query.show === 'archived'
  const asCards = query.as === 'cards'
  const after = typeof query.after === 'string' ? query.after : ''
  const { projects, next, health, today, member, teams, remaining } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const today = toDay(new Date(), scope.member.organization.timezone)
    const { rows: listed, next } = pageOf(await listProjects(scope, { archived, today, after, take: PAGE_SIZE + 1 }), PAGE_SIZE, projectCursor)
    return {
      member: scope.member, today, next, projects: listed, health: await readHealth(scope, listed.map(({ id }) => id), { today }), teams: await listTeams(scope),
      remaining: can(scope.member.role, 'projects:create') ? await readRemaining(scope, 'projects') : null,
    }
  })
  const path = `/${member.organization.slug}/projects`
  const mayCreate = can(member.role, 'projects:create')
  return (
    <>
      <PageHeader title="Projects" actions={<><ExportMenu list="projects" />{mayCreate && <NewProjectDialog teams={teams} remaining={remaining} defaultOpen={query.new === 'project'} />}</>} />
      <div className="mb-4 flex flex-wrap justify-between gap-3">
        <Segmented label="Which projects" options={[{ href: withParameter(path, query, 'show', ''), label: 'Current', current: !archived }, { href: withParameter(path, query, 'show', 'archived'), label: 'Archived', current: archived }]} />
        <Segmented label="Shown as" options={[{ href: withParameter(path, query, 'as', ''), label: 'Table', current: !asCards }, { href: withParameter(path, query, 'as', 'cards'), label: 'Cards', current: asCards }]} />
      </div>
      {projects.length === 0 ? (
        <EmptyState icon={<FolderKanban />} title={archived ? 'Nothing is archived' : 'No projects yet'}>
          {archived ? 'Projects that are archived keep everything and wait here.' : mayCreate ? 'A project holds tasks and says who may see them. Create the first one above.' : 'No project is shared with you yet.'}
        </EmptyState>
      ) : asCards ? (
        <ProjectCards projects={projects} health={health} path={path} today={today} />
      ) : (
        <Table caption="Projects">
          <TableHead>
            <Th>Project</Th>
            <Th>Owner</Th>
            <Th>Seen by</Th>
            <Th>Health</Th>
            <Th>Progress</Th>
            <Th>Target</Th>
            <Th align="end">Open</Th>
            <Th align="end">Overdue</Th>
            <Th align="end">Blocked</Th>
          </TableHead>
          <TableBody>{projects.map((project) => <ProjectRow key={project.id} project={project} health={health.get(project.id)!} path={path} today={today} />)}</TableBody>
        </Table>
      )}
      <Pagination previousHref={after ? withAfter(path, query, '') : undefined} nextHref={next ? withAfter(path, query, next) : undefined} />
    </>
  )
}

function ProjectRow({ project, health, path, today }: { project: ProjectSummary; health: Health; path: string; today: string }) {
  const total = project.openCount + project.doneCount
  return (
    <Tr>
      <Td primary>
        <AppLink href={`${path}/${project.slug}`} className="group flex min-h-6 items-center gap-2.5">
          <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ backgroundColor: project.colour }} />
          <span className="group-hover:underline">{project.name}</span>
          <span className="font-mono text-xs font-normal text-text-muted">{project.key}</span>
          {project.status !== 'active' && project.status !== 'archived' && <Badge>{project.status}</Badge>}
        </AppLink>
      </Td>
      <Td label="Owner">{project.ownerName}</Td>
      <Td label="Seen by"><VisibilityBadge visibility={project.visibility} /></Td>
      <Td label="Health"><HealthBadge health={health} /></Td>
      <Td label="Progress" className="rows:min-w-36"><ProgressBar label={`${project.name}: ${project.doneCount} of ${total} done`} value={project.doneCount} max={Math.max(total, 1)} showValue /></Td>
      <Td label="Target">{project.targetOn ? <DueDate dueOn={project.targetOn} today={today} open={project.status === 'active'} /> : <span className="text-text-muted">–</span>}</Td>
      <Td label="Open" align="end">{project.openCount}</Td>
      <Td label="Overdue" align="end">{project.overdueCount > 0 ? <Badge tone="danger">{project.overdueCount}</Badge> : 0}</Td>
      <Td label="Blocked" align="end">{project.blockedCount}</Td>
    </Tr>
  )
}
