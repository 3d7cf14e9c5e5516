import dynamic from 'next/dynamic'
import { LiveProject } from '@/components/shell/live-project'
import { readTaskByKey } from '../projects/[project]/tasks/[number]/read-task'
import { SidePanel } from './side-panel'

const TaskPanel = dynamic(() => import('../projects/[project]/tasks/[number]/task-panel').then((module) => module.TaskPanel))

/** The task that the address of a list names in `task`, at the side of the list. Its widgets are fetched when the first one is opened. */
export async function SideTask({ organization, taskKey }: { organization: string; taskKey: string | string[] | undefined }) {
  if (typeof taskKey !== 'string' || taskKey === '') return null
  const data = await readTaskByKey(organization, taskKey)
  if (!data) return <SidePanel taskKey={taskKey}><p data-panel-title tabIndex={-1} className="outline-none">There is nothing here, or it is not yours to see.</p></SidePanel>
  const { task } = data
  return (
    <SidePanel key={task.id} taskKey={`${task.project.key}-${task.number}`} href={`/${organization}/projects/${task.project.slug}/tasks/${task.number}`}>
      <LiveProject id={task.projectId} seen={data.seen} />
      <TaskPanel data={data} />
    </SidePanel>
  )
}
