import type { Metadata } from 'next'
import { LiveProject } from '@/components/shell/live-project'
import { PageHeader } from '@/components/shell/page-header'
import { Presence } from '../../../../presence'
import { StatusBadge } from '../../../../tasks/status'
import { readTask } from './read-task'
import { TaskActions } from './task-actions'
import { TaskBody } from './task-body'

type Params = { organization: string; project: string; number: string }

export async function generateMetadata({ params }: { params: Promise<Params> }): Promise<Metadata> {
  const { organization, project, number } = await params
  const { task } = await readTask(organization, project, number)
  return { title: `${task.project.key}-${task.number} ${task.title}` }
}

export default async function TaskPage({ params }: { params: Promise<Params> }) {
  const { organization, project, number } = await params
  const data = await readTask(organization, project, number)
  const { task, seen } = data
  const base = `/${organization}/projects`
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
        actions={<><Presence taskId={task.id} /><TaskActions data={data} back={`${base}/${project}`} /></>}
      />
      <LiveProject id={task.projectId} seen={seen} />
      <TaskBody data={data} />
    </>
  )
}
