import type { Metadata } from 'next'
import { monthFrom, readCalendar } from '@/lib/tasks/calendar'
import { parseTaskFilter, type SearchParams } from '@/lib/tasks/filter-url'
import { Month } from '../../../calendar/month'
import { FilterBar } from '../../../tasks/filter-bar'
import { FilterProblem } from '../../../tasks/filter-problem'
import { SideTask } from '../../../tasks/side-task'
import { TaskKeys } from '../../../tasks/task-keys'
import { ProjectHeader } from '../project-header'
import { projectPage, projectTitle } from '../project-page'

type Props = { params: Promise<{ organization: string; project: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${await projectTitle(await params)} calendar` }
}

export default async function ProjectCalendarPage({ params, searchParams }: Props) {
  const { task: taskKey, ...query } = await searchParams
  const filter = parseTaskFilter(query)
  const data = await projectPage(await params, async (scope, { project, today }) => filter && readCalendar(scope, filter, { projectId: project.id, today, month: monthFrom(query.month, today) }))
  const { member, project, choices, today, result: days } = data
  const home = `/${member.organization.slug}`
  const path = `${home}/projects/${project.slug}`
  return (
    <>
      <ProjectHeader {...data} view="calendar" />
      {days === null ? (
        <FilterProblem href={`${path}/calendar`} />
      ) : (
        <div className="flex flex-col gap-4">
          <FilterBar members={choices.members} labels={choices.labels} workstreams={choices.workstreams} hide={['sort', 'due']} keep={['month']} />
          <Month days={days} month={monthFrom(query.month, today)} today={today} home={home} path={`${path}/calendar`} list={path} query={query} />
        </div>
      )}
      <TaskKeys />
      <SideTask organization={member.organization.slug} taskKey={taskKey} />
    </>
  )
}
