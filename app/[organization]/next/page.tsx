import { CircleCheckBig } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listLabels } from '@/lib/labels/labels'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { listProjectChoices } from '@/lib/projects/projects'
import { nextAddress } from '@/lib/tasks/next-address'
import { nextFilterOf } from '@/lib/tasks/next-filter'
import { nextTask, type WhyNone } from '@/lib/tasks/next-task'
import type { Scope } from '@/lib/tenancy/with-tenant'
import { toDay } from '@/lib/text'
import { NextCard } from './next-card'
import { type NextChoices, NextFilters } from './next-filters'

export const metadata: Metadata = { title: 'Next task' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** One task, why it is this one, and what to do with it. What is skipped stands in the address, so it is over with the visit. */
export default async function NextPage({ params, searchParams }: Props) {
  const filter = nextFilterOf(await searchParams)
  const { member, next, choices, today } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const today = toDay(new Date(), scope.member.organization.timezone)
    const { person, project: projectId, workstream: workstreamId, label: labelId, skip } = filter
    return { member: scope.member, today, choices: await choicesOf(scope, projectId), next: await nextTask(scope, { person: person || scope.member.userId, projectId, workstreamId, labelId, skip }, today) }
  })
  const whose = filter.person && filter.person !== member.userId ? (choices.people.find(({ id }) => id === filter.person)?.name ?? 'somebody else') : null
  const home = `/${member.organization.slug}`
  return (
    <>
      <PageHeader title="Next task" description={`The most pressing one that is ${whose ? `${whose}’s` : 'yours'} or nobody’s and waits for nothing.`} />
      <div className="flex max-w-3xl flex-col gap-4">
        <NextFilters choices={choices} filter={filter} />
        {next.task ? (
          <NextCard key={next.task.id} next={next} home={home} filter={filter} today={today} canMove={can(member.role, 'tasks:move')} />
        ) : (
          <EmptyState
            icon={<CircleCheckBig />} title={filter.skip.length ? 'Nothing else is left' : 'Nothing is next'}
            action={filter.skip.length > 0 && <AppLink href={`${home}/next${nextAddress({ ...filter, skip: [] })}`} className={buttonClass()}>Look at the skipped ones again</AppLink>}
          >
            {whyNone(next.why, filter.skip.length, whose)}
          </EmptyState>
        )}
      </div>
    </>
  )
}

async function choicesOf(scope: Scope, projectId: string): Promise<NextChoices> {
  const workstreams = projectId ? await scope.tx.workstream.findMany({ where: { projectId, status: 'active' }, orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true, name: true } }) : []
  const people = (await listMembers(scope)).flatMap(({ userId: id, name }) => (id === scope.member.userId ? [] : [{ id, name }]))
  return { people, projects: await listProjectChoices(scope), workstreams, labels: await listLabels(scope) }
}

function whyNone({ open, waiting, others, done }: WhyNone, skipped: number, whose: string | null): string {
  const tasks = (count: number) => `${count} task${count === 1 ? '' : 's'}`
  if (open === 0) return done === 0 ? 'There are no tasks here yet.' : `All is done: ${tasks(done)}.`
  const parts = [
    ...(waiting - skipped > 0 ? [`${tasks(waiting - skipped)} of ${whose ? `${whose}’s` : 'yours'} or nobody’s wait for something, are in review, or are blocked`] : []),
    ...(skipped ? [`you skipped ${tasks(skipped)}`] : []), ...(others ? [`${tasks(others)} ${others === 1 ? 'is' : 'are'} other people’s`] : []),
  ]
  const sentence = parts.join('; ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}
