import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listLabels } from '@/lib/labels/labels'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { monthFrom, readCalendar } from '@/lib/tasks/calendar'
import { parseTaskFilter, type SearchParams } from '@/lib/tasks/filter-url'
import { toDay } from '@/lib/text'
import { bareAddress } from '@/lib/views/address'
import { openedViews } from '../views/opened-views'
import { ViewsMenu } from '../views/views-menu'
import { FilterBar } from '../tasks/filter-bar'
import { FilterProblem } from '../tasks/filter-problem'
import { SideTask } from '../tasks/side-task'
import { TaskKeys } from '../tasks/task-keys'
import { Month } from './month'

export const metadata: Metadata = { title: 'Calendar' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<SearchParams> }

export default async function CalendarPage({ params, searchParams }: Props) {
  const { task: taskKey, ...query } = await searchParams
  const filter = parseTaskFilter(query)
  const { days, member, members, labels, month, today, views } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const views = await openedViews(scope, 'calendar', '/calendar', query)
    const today = toDay(new Date(), scope.member.organization.timezone)
    const month = monthFrom(query.month, today)
    return { member: scope.member, views, today, month, days: filter && (await readCalendar(scope, filter, { month, today })), members: await listMembers(scope), labels: await listLabels(scope) }
  })
  const home = `/${member.organization.slug}`
  return (
    <>
      <PageHeader title="Calendar" description="What is due, and target days, of all projects that you can see." actions={<ViewsMenu list="calendar" views={views} mayShare={can(member.role, 'views:share')} />} />
      {days === null ? (
        <FilterProblem href={`${home}/calendar`} />
      ) : (
        <div className="flex flex-col gap-4">
          <FilterBar members={members} labels={labels} hide={['sort', 'due']} keep={['month']} bare={bareAddress(`${home}/calendar`, views.some(({ isDefault }) => isDefault))} />
          <Month days={days} month={month} today={today} home={home} path={`${home}/calendar`} list={`${home}/tasks`} query={query} />
        </div>
      )}
      <TaskKeys />
      <SideTask organization={member.organization.slug} taskKey={taskKey} />
    </>
  )
}
