import type { Metadata } from 'next'
import { type SearchParams, parseTaskFilter } from '@/lib/tasks/filter-url'
import { readBoard } from '@/lib/tasks/board'
import { can } from '@/lib/authorization/permissions'
import { FilterBar } from '../../../tasks/filter-bar'
import { FilterProblem } from '../../../tasks/filter-problem'
import { SideTask } from '../../../tasks/side-task'
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
  const data = await projectPage(await params, (scope, { project, today }) => (filter ? readBoard(scope, filter, { projectId: project.id, today }) : Promise.resolve(null)))
  const { member, project, choices, today, result: columns } = data
  return (
    <>
      <ProjectHeader {...data} view="board" />
      {columns === null ? (
        <FilterProblem href={`/${member.organization.slug}/projects/${project.slug}/board`} />
      ) : (
        <div className="flex flex-col gap-4">
          <FilterBar members={choices.members} labels={choices.labels} workstreams={choices.workstreams} hide={['status', 'sort']} />
          <Board columns={columns} today={today} members={project.access.canEdit && can(member.role, 'tasks:update') ? choices.members : null} canMove={project.access.canEdit && can(member.role, 'tasks:move')} />
        </div>
      )}
      <SideTask organization={member.organization.slug} taskKey={taskKey} />
    </>
  )
}
