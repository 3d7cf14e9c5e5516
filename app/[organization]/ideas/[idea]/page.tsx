import { CircleCheck, CircleX } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { tasksOfIdea } from '@/lib/ideas/convert'
import { getIdea } from '@/lib/ideas/ideas'
import { lastAnswers, listAnswers } from '@/lib/ideas/refine'
import { type IdeaStatus, QUESTIONS } from '@/lib/ideas/schema'
import { linesOf } from '@/lib/ideas/score'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { listProjects } from '@/lib/projects/projects'
import { toDay } from '@/lib/text'
import { isUuid } from '@/lib/uuid'
import { StatusBadge } from '../../tasks/status'
import { IdeaBadge } from '../idea-badge'
import { ConvertForm } from './convert-form'
import { IdeaMenu } from './idea-menu'
import { RefineForm } from './refine-form'

export const metadata: Metadata = { title: 'Idea' }

export default async function IdeaPage({ params }: { params: Promise<{ organization: string; idea: string }> }) {
  const { organization, idea: id } = await params
  const { member, idea, answers, tasks, projects, names } = await memberPage(organization, async (scope) => {
    if (!isOn(scope.member, 'projects') || !isUuid(id)) notFound()
    const idea = await getIdea(scope, id)
    const projects = await listProjects(scope, { archived: false, today: toDay(new Date(), scope.member.organization.timezone) })
    return { member: scope.member, idea, answers: await listAnswers(scope, id), tasks: await tasksOfIdea(scope, id), projects, names: new Map((await listMembers(scope)).map(({ userId, name }) => [userId, name])) }
  })
  const status = idea.status as IdeaStatus
  const last = lastAnswers(answers)
  const mayConvert = status === 'validated' && idea.mayEdit && can(member.role, 'ideas:convert')
  return (
    <>
      <PageHeader title={idea.title} breadcrumbs={[{ label: 'Ideas', href: `/${organization}/ideas` }]} badge={<IdeaBadge status={status} scorePm={idea.scorePm} />}
        description={`${idea.ownerUserId ? 'Only you see it.' : idea.projectName ? `For the project ${idea.projectName}.` : 'Seen by everybody.'} Written by ${names.get(idea.authorUserId) ?? 'somebody who has left'}.`}
        actions={idea.mayEdit && <IdeaMenu idea={{ id, version: idea.version, title: idea.title, body: idea.body, status }} />} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <Card><CardHeader title="What it is about" /><CardBody>{idea.body ? <p className="whitespace-pre-wrap wrap-anywhere">{idea.body}</p> : <p className="text-text-muted">No description yet.</p>}</CardBody></Card>
          {status === 'draft' && idea.mayEdit && <p className="text-text-muted">Take it up when it is ready to be seen: four questions then show whether it is worth doing, and a good one becomes tasks.</p>}
          {answers.length > 0 && (
            <Card>
              <CardHeader title="Conversation" />
              <CardBody>
                <ol className="-my-2 divide-y">
                  {answers.map(({ id: key, question, body, authorUserId, at }) => (
                    <li key={key} className="py-2.5">
                      <p className="font-medium">{QUESTIONS[question - 1]}</p>
                      <p className="whitespace-pre-wrap wrap-anywhere">{body}</p>
                      <p className="text-[0.8125rem] text-text-muted">{names.get(authorUserId) ?? 'Somebody who has left'} · <RelativeTime iso={at.toISOString()} timeZone={member.timezone} /></p>
                    </li>
                  ))}
                </ol>
              </CardBody>
            </Card>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          {status === 'refining' && idea.mayEdit && <RefineForm idea={{ id, version: idea.version }} answers={last} />}
          {idea.scorePm !== null && (
            <Card aria-label="Checks">
              <CardHeader title={`${idea.scorePm} of 1000`} description="Five checks, 200 each. 600 make it valid." />
              <CardBody>
                <ul className="flex flex-col gap-2">
                  {idea.checks.map(({ key, passed, reason }) => <li key={key} className="flex items-start gap-2">
                    {passed ? <CircleCheck role="img" aria-label="Passed" className="mt-0.5 size-4 shrink-0 text-success" /> : <CircleX role="img" aria-label="Not passed" className="mt-0.5 size-4 shrink-0 text-danger" />}
                    <span className="min-w-0 wrap-anywhere">{reason}</span>
                  </li>)}
                </ul>
              </CardBody>
            </Card>
          )}
          {mayConvert && (
            <ConvertForm idea={{ id, version: idea.version, projectId: idea.containerId }} lines={linesOf(idea.title, last[1] ?? '')} projects={projects.filter((project) => project.status === 'active').map(({ id: value, name }) => ({ value, label: name }))} />
          )}
          {status === 'converted' && (
            <Card aria-label="Tasks">
              <CardHeader title="Tasks that came of it" />
              <CardBody>
                {tasks.length === 0 && <p className="text-text-muted">None that you may see.</p>}
                <ul className="-my-2 divide-y empty:hidden">
                  {tasks.map(({ id: key, key: number, title, status: state, path }) => <li key={key} className="flex flex-wrap items-center justify-between gap-2 py-2">
                    <AppLink href={path} className="min-w-0 wrap-anywhere hover:underline"><span className="me-2 font-mono text-xs text-text-muted">{number}</span>{title}</AppLink>
                    <StatusBadge status={state} />
                  </li>)}
                </ul>
              </CardBody>
            </Card>
          )}
        </div>
      </div>
    </>
  )
}
