import { PartyPopper } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listLabels } from '@/lib/labels/labels'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { listChecklist } from '@/lib/onboarding/onboarding'
import { listProjectChoices } from '@/lib/projects/projects'
import { toDay } from '@/lib/text'
import { listMyWork } from '@/lib/work/work'
import { Checklist } from './checklist'
import { NewTaskDialog } from './tasks/new-task-dialog'
import { SideTask } from './tasks/side-task'
import { TaskKeys } from './tasks/task-keys'
import { WorkList } from './work-list'

const SECTIONS = [
  { key: 'overdue', title: 'Overdue', description: 'The day has passed.' },
  { key: 'today', title: 'Today', description: 'Due today.' },
  { key: 'blocked', title: 'Blocked', description: 'Waiting for something.' },
  { key: 'next', title: 'Next', description: 'By priority.' },
] as const

export default async function HomePage({ params, searchParams }: { params: Promise<{ organization: string }>; searchParams: Promise<{ task?: string | string[] }> }) {
  const data = await memberPage((await params).organization, async (scope) => {
    const { member } = scope
    const today = toDay(new Date(), member.timezone)
    if (!isOn(member, 'projects')) return { member, today, work: null }
    return { member, today, checklist: await listChecklist(scope), work: await listMyWork(scope, today), projects: await listProjectChoices(scope), members: await listMembers(scope), labels: await listLabels(scope) }
  })
  const { member, work, today } = data
  if (!work) return <NoProjects slug={member.organization.slug} name={member.organization.name} mayManage={can(member.role, 'modules:manage')} />
  const waiting = work.overdue.length + work.today.length
  return (
    <>
      <PageHeader
        title="My work"
        description={work.total === 0 ? 'Nothing is assigned to you.' : `${work.totalIsCapped ? '1000+' : work.total} open task${work.total === 1 ? '' : 's'}, ${waiting || 'none'} due today or earlier.`}
        actions={can(member.role, 'tasks:create') && <NewTaskDialog projects={data.projects!} choices={{ members: data.members!, labels: data.labels! }} initial={{ assignees: [member.userId] }} />}
      />
      {data.checklist!.length > 0 && <Checklist steps={data.checklist!} />}
      {work.total === 0 ? (
        <EmptyState icon={<PartyPopper />} title="Nothing waits for you" action={<AppLink href={`/${member.organization.slug}/tasks?assignee=nobody&status=open`} className={buttonClass({ variant: 'secondary' })}>Tasks without anyone</AppLink>}>
          Tasks that are assigned to you show up here, the most pressing first.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-5">
          {SECTIONS.filter(({ key }) => work[key].length > 0).map(({ key, title, description }) => (
            <Card key={key}>
              <CardHeader title={`${title} (${work[key].length})`} description={description} as="h2" />
              <CardBody>
                <WorkList tasks={work[key]} today={today} slug={member.organization.slug} canMove={can(member.role, 'tasks:move')} />
              </CardBody>
            </Card>
          ))}
          <TaskKeys />
        </div>
      )}
      <SideTask organization={member.organization.slug} taskKey={(await searchParams).task} />
    </>
  )
}

function NoProjects({ slug, name, mayManage }: { slug: string; name: string; mayManage: boolean }) {
  return (
    <>
      <PageHeader title="My work" />
      <EmptyState title="Projects is switched off" action={mayManage && <AppLink href={`/${slug}/settings/modules`} className={buttonClass({ variant: 'primary' })}>Modules</AppLink>}>
        {mayManage ? 'Switch it on under Modules: everything in it is as it was.' : `An owner or admin of ${name} can switch it on. Nothing in it is lost.`}
      </EmptyState>
    </>
  )
}
