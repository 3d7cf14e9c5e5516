import { CalendarRange } from 'lucide-react'
import type { Metadata } from 'next'
import { AppLink } from '@/components/ui/app-link'
import { EmptyState } from '@/components/ui/empty-state'
import { Segmented } from '@/components/ui/segmented'
import { can } from '@/lib/authorization/permissions'
import { type SearchParams, parseTaskFilter, withAfter, withParameter } from '@/lib/tasks/filter-url'
import { readTimeline, type Timeline, type Zoom, ZOOMS } from '@/lib/tasks/timeline'
import { bareAddress } from '@/lib/views/address'
import { openedViews } from '../../../views/opened-views'
import { ViewsMenu } from '../../../views/views-menu'
import { FilterBar } from '../../../tasks/filter-bar'
import { FilterProblem } from '../../../tasks/filter-problem'
import { ProjectHeader } from '../project-header'
import { projectPage, projectTitle } from '../project-page'
import { Chart } from './chart'

type Props = { params: Promise<{ organization: string; project: string }>; searchParams: Promise<SearchParams> }

const LABELS: Record<Zoom, string> = { week: 'Weeks', month: 'Months', quarter: 'Quarters' }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${await projectTitle(await params)} timeline` }
}

export default async function TimelinePage({ params, searchParams }: Props) {
  const query = await searchParams
  const filter = parseTaskFilter(query)
  const zoom: Zoom = typeof query.zoom === 'string' && Object.hasOwn(ZOOMS, query.zoom) ? (query.zoom as Zoom) : 'week'
  const data = await projectPage(await params, async (scope, { project, today }) => {
    const views = await openedViews(scope, 'timeline', `/projects/${project.slug}/timeline`, query)
    return { views, timeline: filter ? await readTimeline(scope, filter, { projectId: project.id, today, zoom }) : null }
  })
  const { member, project, choices, today, result: { views, timeline } } = data
  const path = `/${member.organization.slug}/projects/${project.slug}`
  const here = `${path}/timeline`
  return (
    <>
      <ProjectHeader {...data} view="timeline" />
      {timeline === null ? (
        <FilterProblem href={here} />
      ) : (
        <div className="flex flex-col gap-4">
          <FilterBar members={choices.members} labels={choices.labels} workstreams={choices.workstreams} hide={['sort']} keep={['zoom']} bare={bareAddress(here, views.some(({ isDefault }) => isDefault))} />
          <div className="flex flex-wrap items-center justify-between gap-3">
            <Segmented label="Zoom" options={(Object.keys(ZOOMS) as Zoom[]).map((one) => ({ href: withParameter(here, query, 'zoom', one === 'week' ? '' : one), label: LABELS[one], current: one === zoom }))} />
            <ViewsMenu list="timeline" views={views} mayShare={can(member.role, 'views:share')} />
          </div>
          {timeline.groups.length === 0 ? (
            <EmptyState icon={<CalendarRange />} title="No task has a day here">Give tasks a due day, or choose fewer filters: bars reach from the start of a task to the day it is due or was done.</EmptyState>
          ) : (
            <Chart timeline={timeline} zoom={zoom} today={today} path={path} projectKey={project.key} marks={{ 'Project starts': project.startsOn, 'Project target': project.targetOn }} />
          )}
          <Rest timeline={timeline} path={path} projectKey={project.key} listHref={withAfter(path, { ...query, zoom: undefined, due: 'none' }, '')} />
        </div>
      )}
    </>
  )
}

function Rest({ timeline: { undated, undatedCount, outsideCount, leftOutCount }, path, projectKey, listHref }: { timeline: Timeline; path: string; projectKey: string; listHref: string }) {
  return (
    <>
      {outsideCount > 0 && <p className="text-text-muted">{outsideCount} {outsideCount === 1 ? 'task lies' : 'tasks lie'} further from today than this zoom reaches. Quarters show three years each way.</p>}
      {leftOutCount > 0 && <p className="text-text-muted">{leftOutCount} more with later days are not drawn. Choose a filter to see them.</p>}
      {undatedCount > 0 && (
        <section aria-labelledby="undated" className="flex flex-col gap-2">
          <h2 id="undated" className="font-semibold">Without a day <span className="font-normal text-text-muted tabular-nums">{undatedCount}</span></h2>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {undated.map(({ id, number, title }) => <li key={id} className="max-w-full">
              <AppLink href={`${path}/tasks/${number}`} className="inline-flex min-h-6 max-w-full items-baseline gap-1.5 hover:underline">
                <span className="font-mono text-xs text-text-muted">{projectKey}-{number}</span>
                <span className="truncate">{title}</span>
              </AppLink>
            </li>)}
          </ul>
          <AppLink href={listHref} className="inline-flex min-h-6 items-center self-start text-accent hover:underline">All without a due day in the list</AppLink>
        </section>
      )}
    </>
  )
}
