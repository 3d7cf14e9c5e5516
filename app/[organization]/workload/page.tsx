import { Users } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/data-table'
import { memberPage } from '@/lib/auth/session'
import { authorize, can } from '@/lib/authorization/permissions'
import { longDay, shortDay } from '@/lib/days'
import { respondWith } from '@/lib/http/response'
import { isOn } from '@/lib/modules/modules'
import { listReportProjects } from '@/lib/reports/projects'
import { readWorkload, type Load, type Workload, workloadFilterSchema } from '@/lib/tasks/workload'
import { listTeams } from '@/lib/teams/teams'
import { toDay } from '@/lib/text'
import { bareAddress } from '@/lib/views/address'
import { ExportMenu } from '../exports/export-menu'
import { FilterProblem } from '../tasks/filter-problem'
import { openedViews } from '../views/opened-views'
import { ViewsMenu } from '../views/views-menu'
import { WorkloadFilters } from './workload-filters'

export const metadata: Metadata = { title: 'Workload' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function WorkloadPage({ params, searchParams }: Props) {
  const query = await searchParams
  const asked = workloadFilterSchema.safeParse(query)
  if (!asked.success) respondWith(422)
  const filter = asked.data
  const { member, views, projects, teams, workload } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    authorize(scope, 'reports:read')
    const today = toDay(new Date(), scope.member.organization.timezone)
    const views = await openedViews(scope, 'workload', '/workload', query)
    return { member: scope.member, views, projects: await listReportProjects(scope, filter?.project), teams: await listTeams(scope), workload: filter && (await readWorkload(scope, today, filter)) }
  })
  const home = `/${member.organization.slug}`
  if (!workload || !filter) return <><PageHeader title="Workload" /><FilterProblem href={`${home}/workload`} /></>
  const { people, weeks, free } = workload
  const chosen = projects.find(({ id }) => id === filter.project)
  // Shades compare people with each other, so the fullest week of all is the darkest.
  const most = Math.max(1, ...people.flatMap((load) => load.weeks.map(({ minutes }) => minutes)))
  return (
    <>
      <PageHeader
        title="Workload"
        description="Open tasks by person, and estimated hours by the week they are due in. Only of projects that you can see: somebody may have more to do than stands here. A task of several people counts for each."
        actions={<><ViewsMenu list="workload" views={views} mayShare={can(member.role, 'views:share')} /><ExportMenu list="workload" /></>}
      />
      <WorkloadFilters bare={bareAddress(`${home}/workload`, views.some(({ isDefault }) => isDefault))} projects={projects} teams={teams} filter={filter} />
      {people.length === 0 && (filter.project || filter.team) ? (
        <EmptyState icon={<Users />} title="Nothing is open here">Choose another project or team, or all of them.</EmptyState>
      ) : people.length === 0 ? (
        <EmptyState icon={<Users />} title="Nothing is open">When tasks are assigned, this page shows who has how much before them.</EmptyState>
      ) : (
        <Table caption="Workload by person">
          <TableHead>
            <Th>Person</Th>
            <Th align="end">Open</Th>
            <Th align="end">Overdue</Th>
            <Th align="end">No estimate</Th>
            {weeks.map(({ from }, at) => <Th key={from} align="end">{at === 0 ? 'This week' : shortDay(from)}</Th>)}
          </TableHead>
          <TableBody>{people.map((load) => <PersonRow key={load.userId} load={load} weeks={weeks} most={most} list={chosen ? `${home}/projects/${chosen.slug}` : `${home}/tasks`} />)}</TableBody>
        </Table>
      )}
      {people.length > 0 && free.length > 0 && <p className="mt-4 text-text-muted">Nothing open that you can see: {free.slice(0, 30).map(({ name }) => name).join(', ')}{free.length > 30 && ` and ${free.length - 30} more`}.</p>}
    </>
  )
}

const hours = (minutes: number) => `${(Math.round(minutes / 6) / 10).toLocaleString('en')} h`

function PersonRow({ load: { userId, name, open, overdue, unestimated, weeks: own }, weeks, most, list }: { load: Load; weeks: Workload['weeks']; most: number; list: string }) {
  const href = (more = '') => `${list}?status=open&assignee=${userId ?? 'nobody'}${more}`
  const number = (count: number, what: string, more?: string, className = '') => (count === 0 ? (
    <span className="text-text-muted">0</span>
  ) : (
    <AppLink href={href(more)} aria-label={`${name}: ${count} ${what}`} className={`inline-flex min-h-6 min-w-6 items-center justify-end hover:underline ${className}`}>{count}</AppLink>
  ))
  return (
    <Tr>
      <Td primary className="whitespace-nowrap">{name}</Td>
      <Td label="Open" align="end">{number(open, 'open')}</Td>
      <Td label="Overdue" align="end">{number(overdue, 'overdue', '&due=overdue', 'font-medium text-danger')}</Td>
      <Td label="No estimate" align="end">{number(unestimated, 'without an estimate', '&estimate=none')}</Td>
      {own.map(({ count, minutes }, at) => {
        const { from, to } = weeks[at]!
        return (
          <Td
            key={from} label={at === 0 ? 'This week' : `Week of ${shortDay(from)}`} align="end" className={count === 0 ? 'cards:hidden!' : 'whitespace-nowrap'}
            style={{ backgroundColor: minutes ? `color-mix(in srgb, var(--accent-soft) ${Math.round((100 * minutes) / most)}%, transparent)` : undefined }}
          >
            {count === 0 ? (
              <span className="text-text-muted">–</span>
            ) : (
              <AppLink
                href={href(`&due=${from}..${to}`)}
                aria-label={`${name}: ${count === 1 ? '1 task' : `${count} tasks`}, ${hours(minutes)}, due from ${shortDay(from)} to ${longDay(to)}`}
                className="inline-flex min-h-6 min-w-6 items-center justify-end hover:underline"
              >{minutes ? hours(minutes) : count === 1 ? '1 task' : `${count} tasks`}</AppLink>
            )}
          </Td>
        )
      })}
    </Tr>
  )
}
