import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { LiveProject } from '@/components/shell/live-project'
import { PageHeader } from '@/components/shell/page-header'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { listAttachments } from '@/lib/attachments/attachments'
import { listHistory } from '@/lib/audit/audit-list'
import { memberPage } from '@/lib/auth/session'
import { can } from '@/lib/authorization/permissions'
import { listComments } from '@/lib/comments/comments'
import { ideaOfTask } from '@/lib/ideas/convert'
import { listLinks } from '@/lib/links/links'
import { listLabels } from '@/lib/labels/labels'
import { listMembers } from '@/lib/members/members'
import { isOn } from '@/lib/modules/modules'
import { resolveNotebook } from '@/lib/notebook/resolve'
import { accessTo } from '@/lib/projects/access'
import { listPlanChoices } from '@/lib/projects/plan-choices'
import { keepsReads } from '@/lib/reads/reads'
import { listDependencies } from '@/lib/tasks/dependencies'
import { listReports } from '@/lib/tasks/reports'
import { formatEstimate, isOpen } from '@/lib/tasks/rules'
import { getTask } from '@/lib/tasks/tasks'
import { listTemplates } from '@/lib/templates/templates'
import { toDay } from '@/lib/text'
import { StatusBadge } from '../../../../tasks/status'
import { Attachments } from './attachments'
import { Comments } from './comments'
import { Dependencies } from './dependencies'
import { History } from './history'
import { Links } from './links'
import { NotebookCard } from './notebook-card'
import { Reports } from './reports'
import { Subtasks } from './subtasks'
import { TaskFacts } from './task-facts'
import { TaskMenu } from './task-menu'
import { TaskMoves } from './task-moves'

type Params = { organization: string; project: string; number: string }

const readTask = cache(async (organization: string, project: string, number: string) =>
  memberPage(organization, async (scope) => {
    if (!isOn(scope.member, 'projects') || !/^[1-9]\d{0,8}$/.test(number)) notFound()
    const renderedAt = Date.now()
    const task = await getTask(scope, project, Number(number))
    return {
      task, renderedAt, member: scope.member, isKept: await keepsReads(scope, task.projectId), access: await accessTo(scope, task.projectId), today: toDay(new Date(), scope.member.organization.timezone),
      comments: await listComments(scope, 'task', task.id), attachments: await listAttachments(scope, 'task', task.id), history: await listHistory(scope, 'task', task.id), links: await listLinks(scope, task),
      members: await listMembers(scope), labels: await listLabels(scope), plan: await listPlanChoices(scope, task.projectId), dependencies: await listDependencies(scope, task), reports: await listReports(scope, task), idea: await ideaOfTask(scope, task), notebook: await resolveNotebook(scope, { level: 'task', placeId: task.id }),
      checklists: (await listTemplates(scope, { kind: 'checklist', projectId: task.projectId })).map(({ id, name }) => ({ id, name })),
    }
  }, {
    about: { project, number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : null },
    opened: ({ isKept, task }) => (isKept ? { entityKind: 'task', entityId: task.id, containerId: task.projectId, label: task.title } : null),
  }),
)

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { organization, project, number } = await params
  const { task } = await readTask(organization, project, number)
  return { title: `${task.project.key}-${task.number} ${task.title}` }
}

export default async function TaskPage({ params }: { params: Promise<Params> }) {
  const { organization, project, number } = await params
  const { task, renderedAt, member, access, today, comments, attachments, history, links, members, labels, plan, dependencies, reports, notebook, idea, checklists } = await readTask(organization, project, number)
  const base = `/${organization}/projects`
  const isAssigned = task.assignees.some(({ userId }) => userId === member.userId)
  const mayEdit = access.canEdit && can(member.role, 'tasks:update')
  const mayMove = access.canEdit && (mayEdit || (can(member.role, 'tasks:move') && isAssigned))
  const mayDelete = access.canEdit && (can(member.role, 'tasks:delete_any') || (can(member.role, 'tasks:delete') && task.createdBy === member.userId))
  const editable = {
    id: task.id, version: task.version, title: task.title, description: task.description, priority: task.priority, dueOn: task.dueOn?.toISOString().slice(0, 10) ?? '',
    estimate: task.estimateMinutes ? formatEstimate(task.estimateMinutes) : '', assignees: task.assignees.map(({ userId }) => userId), labels: task.labels.map(({ id }) => id), workstreamId: task.workstreamId ?? '', goalId: task.goalId ?? '',
  }
  return (
    <>
      <PageHeader
        title={task.title}
        breadcrumbs={[
          { label: 'Projects', href: base },
          { label: task.project.container.name, href: `${base}/${project}` },
          ...(task.parent ? [{ label: `${task.project.key}-${task.parent.number} ${task.parent.title}`, href: `${base}/${project}/tasks/${task.parent.number}` }] : []),
        ]}
        badge={<StatusBadge status={task.status} />}
        actions={<TaskMenu task={editable} taskKey={`${task.project.key}-${task.number}`} back={`${base}/${project}`} choices={{ members, labels, ...plan }} mayEdit={mayEdit} mayDelete={mayDelete} mayKeep={access.canEdit && can(member.role, 'templates:manage')} />}
      />
      <LiveProject id={task.projectId} renderedAt={renderedAt} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="flex min-w-0 flex-col gap-5">
          {mayMove && <TaskMoves task={{ id: task.id, title: task.title, status: task.status, version: task.version }} parentStatus={task.parent?.status} />}
          <Card>
            <CardHeader title="Description" />
            <CardBody>{task.description ? <p className="whitespace-pre-wrap">{task.description}</p> : <p className="text-text-muted">No description yet.</p>}</CardBody>
          </Card>
          {task.completionSummary && (
            <Card>
              <CardHeader title="What was done" />
              <CardBody className="flex flex-col gap-3">
                <p className="whitespace-pre-wrap wrap-anywhere">{task.completionSummary}</p>
                {task.testingNotes && <div><h3 className="text-[0.8125rem] font-medium text-text-muted">How it was tested</h3><p className="whitespace-pre-wrap wrap-anywhere">{task.testingNotes}</p></div>}
              </CardBody>
            </Card>
          )}
          {!task.parentId && <Subtasks task={task} path={`${base}/${project}/tasks`} projectKey={task.project.key} mayAdd={mayEdit && task.status !== 'done' && task.status !== 'archived' && task.project.status === 'active'} checklists={checklists} />}
          <Dependencies task={{ id: task.id, projectId: task.projectId, isOpen: isOpen(task.status) }} projectKey={task.project.key} dependencies={dependencies} path={`${base}/${project}/tasks`} mayEdit={mayEdit} />
          <Reports taskId={task.id} reports={reports} people={members} mayReport={mayMove && isOpen(task.status)} isDerived={task.subtasks.some(({ status }) => status !== 'cancelled')} progress={task.progress} timeZone={member.timezone} />
          <NotebookCard notebook={notebook} />
          <Links taskId={task.id} links={links} base={base} mayLink={mayEdit} />
          <Attachments taskId={task.id} attachments={attachments} people={members} mayAttach={mayMove && can(member.role, 'attachments:create')} mayRemoveAny={can(member.role, 'tasks:delete_any')} userId={member.userId} timeZone={member.timezone} />
          <Comments taskId={task.id} comments={comments} mayComment={can(member.role, 'comments:create')} userId={member.userId} people={members} timeZone={member.timezone} />
          <History events={history} members={members} timeZone={member.timezone} />
        </div>
        <TaskFacts task={task} idea={idea && { title: idea.title, path: `/${organization}/ideas/${idea.id}` }} today={today} timeZone={member.timezone} />
      </div>
    </>
  )
}
