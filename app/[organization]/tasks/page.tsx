import { ListChecks, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { ExportMenu } from '@/app/[organization]/exports/export-menu'
import { ImportDialog } from '@/app/[organization]/imports/import-dialog'
import { FilterBar } from '@/app/[organization]/tasks/filter-bar'
import { FilterProblem } from '@/app/[organization]/tasks/filter-problem'
import { leftOutOf, readListed, sectionsOf } from '@/app/[organization]/tasks/grouped-list'
import { NewTaskDialog } from '@/app/[organization]/tasks/new-task-dialog'
import { SideTask } from '@/app/[organization]/tasks/side-task'
import { MoreGroups } from '@/app/[organization]/tasks/more-groups'
import { TaskTable } from '@/app/[organization]/tasks/task-table'
import { openedViews } from '@/app/[organization]/views/opened-views'
import { ViewsMenu } from '@/app/[organization]/views/views-menu'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { dialogTarget } from '@/lib/imports/dialog-target'
import { listLabels } from '@/lib/labels/labels'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { listProjectChoices } from '@/lib/projects/projects'
import { type SearchParams, parseTaskFilter, totalText, withAfter } from '@/lib/tasks/filter-url'
import { listTargets } from '@/lib/tasks/move-to-project'
import { toDay } from '@/lib/text'
import { bareAddress } from '@/lib/views/address'

export const metadata: Metadata = { title: 'Tasks' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<SearchParams> }

export default async function TasksPage({ params, searchParams }: Props) {
  const { task: taskKey, ...query } = await searchParams
  const filter = parseTaskFilter(query)
  const data = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const views = await openedViews(scope, 'tasks', '/tasks', query)
    const today = toDay(new Date(), scope.member.organization.timezone)
    const page = filter ? await readListed(scope, filter, { today }) : null
    return { page, today, views, member: scope.member, projects: await listProjectChoices(scope), members: await listMembers(scope), labels: await listLabels(scope), targets: await listTargets(scope) }
  })
  const { page, member, members, labels, projects, today, views, targets } = data
  const canEdit = can(member.role, 'tasks:update')
  const path = `/${member.organization.slug}/tasks`
  return (
    <>
      <PageHeader
        title="Tasks" description="All tasks that you can see, across projects."
        actions={<>
          {can(member.role, 'imports:run') && projects.length > 0 && <ImportDialog target={dialogTarget('tasks')} projects={projects} />}
          <ViewsMenu list="tasks" views={views} mayShare={can(member.role, 'views:share')} />
          <ExportMenu list="tasks" />
          {can(member.role, 'tasks:create') && <NewTaskDialog projects={projects} choices={{ members, labels }} defaultOpen={query.new === 'task'} />}
        </>}
      />
      {page === null ? (
        <FilterProblem href={path} />
      ) : (
        <div className="flex flex-col gap-4">
          <FilterBar grouping members={members} labels={labels} bare={bareAddress(path, views.some(({ isDefault }) => isDefault))} />
          {page.tasks.length === 0 ? (
            page.total === 0 && Object.keys(query).some((key) => key !== 'view') ? (
              <EmptyState icon={<SearchX />} title="No task fits these filters">Try fewer filters or other words.</EmptyState>
            ) : (
              <EmptyState icon={<ListChecks />} title="No tasks yet">{projects.length ? 'Create the first one with the button above, or press C.' : 'Create a project first: tasks live in projects.'}</EmptyState>
            )
          ) : (
            <>
              <TaskTable key={filter?.group} sections={sectionsOf(page, path, query)} tasks={page.tasks} choices={{ members, labels, targets }} today={today} withProject canEdit={canEdit} />
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
