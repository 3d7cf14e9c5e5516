import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { can } from '@/lib/authorization/permissions'
import { isOpen } from '@/lib/tasks/rules'
import { History } from './history'
import { NotebookCard } from './notebook-card'
import type { TaskData } from './read-task'
import { rightsOn } from './rights'
import { Subtasks } from './subtasks'
import { TaskFacts } from './task-facts'
import { Attachments, Comments, Dependencies, Links, Reports, TaskMoves } from './widgets'

/** What a task is, in one column or two, as wide as its place: a page of its own, or the side of a list. */
export function TaskBody({ data }: { data: TaskData }) {
  const { task, member, today, comments, attachments, history, links, members, dependencies, reports, notebook, idea, checklists } = data
  const { mayEdit, mayMove } = rightsOn(data)
  const home = `/${member.organization.slug}`
  const path = `${home}/projects/${task.project.slug}/tasks`
  return (
    <div className="@container">
      <div className="grid gap-5 @4xl:grid-cols-[minmax(0,1fr)_17rem]">
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
          {!task.parentId && <Subtasks task={task} path={path} projectKey={task.project.key} mayAdd={mayEdit && task.status !== 'done' && task.status !== 'archived' && task.project.status === 'active'} checklists={checklists} />}
          <Dependencies task={{ id: task.id, projectId: task.projectId, isOpen: isOpen(task.status) }} projectKey={task.project.key} dependencies={dependencies} path={path} mayEdit={mayEdit} />
          <Reports taskId={task.id} reports={reports} people={members} mayReport={mayMove && isOpen(task.status)} isDerived={task.subtasks.some(({ status }) => status !== 'cancelled')} progress={task.progress} timeZone={member.timezone} />
          <NotebookCard notebook={notebook} />
          <Links taskId={task.id} links={links} base={`${home}/projects`} mayLink={mayEdit} />
          <Attachments taskId={task.id} attachments={attachments} people={members} mayAttach={mayMove && can(member.role, 'attachments:create')} mayRemoveAny={can(member.role, 'tasks:delete_any')} userId={member.userId} timeZone={member.timezone} />
          <Comments taskId={task.id} comments={comments} mayComment={can(member.role, 'comments:create')} userId={member.userId} people={members} timeZone={member.timezone} />
          <History events={history} members={members} timeZone={member.timezone} />
        </div>
        <TaskFacts task={task} idea={idea && { title: idea.title, path: `${home}/ideas/${idea.id}` }} members={mayEdit ? members : null} today={today} timeZone={member.timezone} />
      </div>
    </div>
  )
}
