import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { memberPage } from '@/lib/auth/session'
import { authorize } from '@/lib/authorization/permissions'
import { respondWith } from '@/lib/http/response'
import { isOn } from '@/lib/modules/modules'
import { listHeld } from '@/lib/reports/attention'
import { readCycleTimes } from '@/lib/reports/cycle-time'
import { listCompleted } from '@/lib/reports/digest'
import { reportFilterSchema } from '@/lib/reports/filter'
import { readMyWork } from '@/lib/reports/my-work'
import { listProgress } from '@/lib/reports/progress'
import { listReportProjects } from '@/lib/reports/projects'
import { readWeeks } from '@/lib/reports/weeks'
import { FilterProblem } from '../tasks/filter-problem'
import { CycleTimeCard } from './cycle-time'
import { DigestCard, HeldCard, MyWorkCard, ProgressCard } from './lists'
import { ReportFilters } from './report-filters'
import { BurnUp, StatusByWeek } from './weeks'

export const metadata: Metadata = { title: 'Reports' }

const DIGEST_MAX = 200

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Every number is of what its reader may see, and the same as on the pages that it sums up. */
export default async function ReportsPage({ params, searchParams }: Props) {
  const asked = reportFilterSchema.safeParse(await searchParams)
  if (!asked.success) respondWith(422)
  const filter = asked.data
  const { member, projects, read } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    authorize(scope, 'reports:read')
    return {
      member: scope.member,
      projects: await listReportProjects(scope, filter?.project),
      read: filter && {
        weeks: await readWeeks(scope, filter), times: await readCycleTimes(scope, filter), held: await listHeld(scope, filter), completed: await listCompleted(scope, filter, { take: DIGEST_MAX + 1 }),
        progress: await listProgress(scope, filter), work: await readMyWork(scope, filter),
      },
    }
  })
  const home = `/${member.organization.slug}`
  if (!read || !filter) return <><PageHeader title="Reports" /><FilterProblem href={`${home}/reports`} /></>
  const chosen = projects.find(({ id }) => id === filter.project)
  return (
    <>
      <PageHeader title="Reports" description={chosen ? `Of ${chosen.name}.` : 'Of all projects that you can see, archived ones apart.'} />
      <ReportFilters projects={projects} project={chosen?.id ?? ''} period={filter.period} />
      <div className="grid items-start gap-5 *:min-w-0 xl:grid-cols-2">
        <BurnUp weeks={read.weeks} />
        <StatusByWeek weeks={read.weeks} />
        <div className="*:min-w-0 xl:col-span-2"><CycleTimeCard times={read.times} /></div>
        <div className="flex flex-col gap-5 *:min-w-0 xl:col-span-2">
          <ProgressCard progress={read.progress} />
          <MyWorkCard work={read.work} list={chosen ? `${home}/projects/${chosen.slug}` : `${home}/tasks`} />
          <HeldCard held={read.held.held} total={read.held.total} home={home} />
          <DigestCard completed={read.completed.slice(0, DIGEST_MAX)} isCapped={read.completed.length > DIGEST_MAX} home={home} />
        </div>
      </div>
    </>
  )
}
