import type { Metadata } from 'next'
import { type SearchParams, parseTaskFilter } from '@/lib/tasks/filter-url'
import { readBoard } from '@/lib/tasks/board'
import { can } from '@/lib/authorization/permissions'
import { bareAddress } from '@/lib/views/address'
import { FilterBar } from '../../../tasks/filter-bar'
import { FilterProblem } from '../../../tasks/filter-problem'
import { SideTask } from '../../../tasks/side-task'
import { openedViews } from '../../../views/opened-views'
import { ViewsMenu } from '../../../views/views-menu'
import { ProjectHeader } from '../project-header'
import { projectPage, projectTitle } from '../project-page'
import { Board } from './board'

type Props = { params: Promise<{ organization: string; project: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${await projectTitle(await params)} board` }
}

export default async function BoardPage({ params, searchParams }: Props) {
  const { task: taskKey, ...query } = await searchParams
  const filter = parseTaskFilter(query)
  const data = await projectPage(await params, async (scope, { project, today }) => ({
    views: await openedViews(scope, 'board', `/projects/${project.slug}/board`, query),
    columns: filter ? await readBoard(scope, filter, { projectId: project.id, today }) : null,
  }))
  const { member, project, choices, today, result: { columns, views } } = data
  const here = `/${member.organization.slug}/projects/${project.slug}/board`
  return (
    <>
      <ProjectHeader {...data} view="board" />
      {columns === null ? (
        <FilterProblem href={here} />
      ) : (
        <div className="flex flex-col gap-4">
          <FilterBar
            members={choices.members} labels={choices.labels} workstreams={choices.workstreams} hide={['status', 'sort']}
            bare={bareAddress(here, views.some(({ isDefault }) => isDefault))} views={<ViewsMenu list="board" views={views} mayShare={can(member.role, 'views:share')} />}
          />
          <Board columns={columns} today={today} members={project.access.canEdit && can(member.role, 'tasks:update') ? choices.members : null} canMove={project.access.canEdit && can(member.role, 'tasks:move')} />
        </div>
      )}
      <SideTask organization={member.organization.slug} taskKey={taskKey} />
    </>
  )
}
