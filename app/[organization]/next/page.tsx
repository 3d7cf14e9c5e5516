import { CircleCheckBig } from 'lucide-react'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { isOn } from '@/lib/modules/modules'
import { listProjectChoices } from '@/lib/projects/projects'
import { nextFilterOf } from '@/lib/tasks/next-filter'
import { nextTask, type WhyNone } from '@/lib/tasks/next-task'
import { toDay } from '@/lib/text'
import { NextCard } from './next-card'
import { NextFilters } from './next-filters'

export const metadata: Metadata = { title: 'Next task' }

type Props = { params: Promise<{ organization: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** One task, why it is this one, and what to do with it. What is skipped stands in the address, so it is over with the visit. */
export default async function NextPage({ params, searchParams }: Props) {
  const filter = nextFilterOf(await searchParams)
  const { member, next, projects, today } = await memberPage((await params).organization, async (scope) => {
    if (!isOn(scope.member, 'projects')) notFound()
    const today = toDay(new Date(), scope.member.timezone)
    return { member: scope.member, today, projects: await listProjectChoices(scope), next: await nextTask(scope, { person: scope.member.userId, projectId: filter.project || undefined, skip: filter.skip }, today) }
  })
  const home = `/${member.organization.slug}`
  return (
    <>
      <PageHeader title="Next task" description="The most pressing one that is yours or nobody’s and waits for nothing." />
      <div className="flex max-w-3xl flex-col gap-4">
        <NextFilters projects={projects} project={filter.project} />
        {next.task ? (
          <NextCard key={next.task.id} next={next} home={home} filter={filter} today={today} canMove={can(member.role, 'tasks:move')} />
        ) : (
          <EmptyState icon={<CircleCheckBig />} title={filter.skip.length ? 'Nothing else is left' : 'Nothing is next'} action={filter.skip.length > 0 && <AppLink href={filter.project ? `${home}/next?project=${filter.project}` : `${home}/next`} className={buttonClass()}>Look at the skipped ones again</AppLink>}>
            {whyNone(next.why, filter.skip.length)}
          </EmptyState>
        )}
      </div>
    </>
  )
}

function whyNone({ open, waiting, others, done }: WhyNone, skipped: number): string {
  const tasks = (count: number) => `${count} task${count === 1 ? '' : 's'}`
  if (open === 0) return done === 0 ? 'There are no tasks here yet.' : `All is done: ${tasks(done)}.`
  const parts = [...(waiting - skipped > 0 ? [`${tasks(waiting - skipped)} of yours or nobody’s wait for something, are in review, or are blocked`] : []), ...(skipped ? [`you skipped ${tasks(skipped)}`] : []), ...(others ? [`${tasks(others)} ${others === 1 ? 'is' : 'are'} other people’s`] : [])]
  const sentence = parts.join('; ')
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}
