import type { Metadata } from 'next'
import { can } from '@/lib/authorization/permissions'
import { dayOf, longDay } from '@/lib/days'
import { listGoals } from '@/lib/goals/goals'
import { listFindings } from '@/lib/projects/findings'
import { readHealth } from '@/lib/projects/health'
import { listSuggestions } from '@/lib/suggestions/suggestions'
import { listCompletions } from '@/lib/tasks/completions'
import { listWorkstreams } from '@/lib/workstreams/workstreams'
import { ProjectHeader } from '../project-header'
import { projectPage, projectTitle } from '../project-page'
import { Completions } from './completions'
import { Goals } from './goals'
import { HealthCard } from './health-card'
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
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <HealthCard health={result.health} findings={result.findings} path={path} />
        <Goals projectId={project.id} goals={result.goals} today={today} path={path} mayManage={isOpen && can(member.role, 'goals:manage')} />
        <Workstreams projectId={project.id} workstreams={result.workstreams} path={path} mayManage={isOpen && can(member.role, 'workstreams:manage')} />
        <Suggestions projectId={project.id} suggestions={result.suggestions} mayTasks={isOpen && can(member.role, 'tasks:create')} mayGoals={can(member.role, 'goals:manage')} />
        <Completions completions={result.completions} path={path} projectKey={project.key} timeZone={member.timezone} />
      </div>
    </>
  )
}
