import { ListChecks, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { can } from '@/lib/authorization/permissions'
import { type SearchParams, parseTaskFilter, totalText, withAfter } from '@/lib/tasks/filter-url'
import { bareAddress } from '@/lib/views/address'
import { FilterBar } from '../../tasks/filter-bar'
import { FilterProblem } from '../../tasks/filter-problem'
import { leftOutOf, readListed, sectionsOf } from '../../tasks/grouped-list'
import { QuickAdd } from '../../tasks/quick-add'
import { SideTask } from '../../tasks/side-task'
import { MoreGroups } from '../../tasks/more-groups'
import { TaskTable } from '../../tasks/task-table'
import { openedViews } from '../../views/opened-views'
import { ViewsMenu } from '../../views/views-menu'
import { ProjectHeader } from './project-header'
import { projectPage, projectTitle } from './project-page'

type Props = { params: Promise<{ organization: string; project: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: await projectTitle(await params) }
}

export default async function ProjectPage({ params, searchParams }: Props) {
  const { task: taskKey, ...query } = await searchParams
  const filter = parseTaskFilter(query)
  const data = await projectPage(await params, async (scope, { project, today }) => ({
    views: await openedViews(scope, 'project', `/projects/${project.slug}`, query),
    page: filter ? await readListed(scope, filter, { projectId: project.id, today }) : null,
  }))
  const { member, project, choices, today, result: { page, views } } = data
  const path = `/${member.organization.slug}/projects/${project.slug}`
  const canEdit = project.access.canEdit && member.role !== 'field'
  return (
    <>
      <ProjectHeader {...data} view="list" />
      {page === null ? (
        <FilterProblem href={path} />
      ) : (
        <div className="flex flex-col gap-4">
          <FilterBar
            grouping members={choices.members} labels={choices.labels} workstreams={choices.workstreams}
            bare={bareAddress(path, views.some(({ isDefault }) => isDefault))}
            views={<ViewsMenu list="project" views={views} mayShare={can(member.role, 'views:share')} />}
          />
          {canEdit && project.status === 'active' && <QuickAdd projectId={project.id} label="Quick add a task" />}
          {page.tasks.length === 0 ? (
            Object.keys(query).some((key) => key !== 'view') ? (
              <EmptyState icon={<SearchX />} title="No task fits these filters">Try fewer filters or other words.</EmptyState>
            ) : (
              <EmptyState icon={<ListChecks />} title="No tasks yet">{canEdit ? 'Write the first one in the line above and press Enter.' : 'Nobody has added a task to this project.'}</EmptyState>
            )
          ) : (
            <>
              <TaskTable key={filter?.group} sections={sectionsOf(page, path, query)} tasks={page.tasks} choices={choices} today={today} canEdit={canEdit} />
              <MoreGroups groups={leftOutOf(page, path, query)} />
              {!page.groups && <Pagination previousHref={filter?.after ? withAfter(path, query, '') : undefined} nextHref={page.nextCursor ? withAfter(path, query, page.nextCursor) : undefined} summary={totalText(page)} />}
            </>
          )}
        </div>
      )}
      <SideTask organization={member.organization.slug} taskKey={taskKey} />
    </>
  )
}
