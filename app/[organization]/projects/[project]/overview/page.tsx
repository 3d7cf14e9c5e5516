import type { Metadata } from 'next'
import { can } from '@/lib/authorization/permissions'
import { dayOf, longDay } from '@/lib/days'
import { listGoals } from '@/lib/goals/goals'
import { listFindings } from '@/lib/projects/findings'
import { readHealth } from '@/lib/projects/health'
import { listSuggestions } from '@/lib/suggestions/suggestions'
import { listCompletions } from '@/lib/tasks/completions'
import { nextTask } from '@/lib/tasks/next-task'
import { listWorkstreams } from '@/lib/workstreams/workstreams'
import { ProjectHeader } from '../project-header'
import { projectPage, projectTitle } from '../project-page'
import { Completions } from './completions'
import { Goals } from './goals'
import { HealthCard } from './health-card'
import { NextHere } from './next-here'
import { Suggestions } from './suggestions'
import { Workstreams } from './workstreams'

type Props = { params: Promise<{ organization: string; project: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${await projectTitle(await params)} overview` }
}

export default async function OverviewPage({ params }: Props) {
  const data = await projectPage(await params, async (scope, { project, today }) => {
    const health = (await readHealth(scope, [project.id], { today })).get(project.id)!
    return {
      next: project.status === 'active' ? await nextTask(scope, { person: scope.member.userId, projectId: project.id }, today) : null,
      health, findings: await listFindings(scope, project, health.counts, { today }),
      goals: await listGoals(scope, project.id), workstreams: await listWorkstreams(scope, project.id), completions: await listCompletions(scope, project.id), suggestions: await listSuggestions(scope, project.id),
    }
  })
  const { member, project, today, result } = data
  const path = `/${member.organization.slug}/projects/${project.slug}`
  const span = [project.startsOn && `Starts ${longDay(dayOf(project.startsOn))}`, project.targetOn && `Target ${longDay(dayOf(project.targetOn))}`].filter(Boolean).join(' · ')
  const isOpen = project.access.canEdit && project.status === 'active'
  return (
    <>
      <ProjectHeader {...data} view="overview" />
      {span && <p className="mb-4 text-text-muted">{span}</p>}
      <div className="grid items-start gap-5 *:min-w-0 lg:grid-cols-2">
        <div className="flex flex-col gap-5 *:min-w-0">
          {result.next && <NextHere next={result.next} organization={member.organization.slug} projectId={project.id} path={path} />}
          <HealthCard health={result.health} findings={result.findings} path={path} />
        </div>
        <div className="flex flex-col gap-5 *:min-w-0">
          <Goals projectId={project.id} goals={result.goals} today={today} path={path} mayManage={isOpen && can(member.role, 'goals:manage')} />
          <Workstreams projectId={project.id} workstreams={result.workstreams} path={path} mayManage={isOpen && can(member.role, 'workstreams:manage')} />
        </div>
        <Suggestions projectId={project.id} suggestions={result.suggestions} mayTasks={isOpen && can(member.role, 'tasks:create')} mayGoals={can(member.role, 'goals:manage')} />
        <Completions completions={result.completions} path={path} projectKey={project.key} timeZone={member.timezone} />
      </div>
    </>
  )
}
