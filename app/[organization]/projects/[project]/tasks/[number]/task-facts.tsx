import type { ReactNode } from 'react'
import { AppLink } from '@/components/ui/app-link'
import { Card, CardBody } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/progress-bar'
import { RelativeTime } from '@/components/ui/relative-time'
import { formatEstimate, isOpen } from '@/lib/tasks/rules'
import type { Task } from '@/lib/tasks/tasks'
import { DueDate } from '../../../../tasks/due-date'
import { LabelBadges } from '../../../../tasks/label-badges'
import { PriorityBadge } from '../../../../tasks/status'
import { PersonMenu } from './widgets'

type Props = { task: Task; /** Who may be chosen; null where nothing may. */ members: { userId: string; name: string }[] | null; idea: { title: string; path: string } | null; today: string; timeZone: string }

export function TaskFacts({ task, members, idea, today, timeZone }: Props) {
  const facts: [string, ReactNode][] = [
    ['Number', <span key="n" className="font-mono">{task.project.key}-{task.number}</span>],
    ['Priority', <PriorityBadge key="p" priority={task.priority} />],
    ['Assigned to', <Assigned key="a" task={task} members={members} />],
    ...(task.reviewers.length || members ? [['Reviewed by', <Reviewed key="r" task={task} members={members} />] as [string, ReactNode]] : []),
    ['Due', <DueDate key="d" dueOn={task.dueOn} today={today} open={isOpen(task.status)} />],
    ...(task.workstream ? [['Workstream', task.workstream.name] as [string, ReactNode]] : []),
    ...(task.goal ? [['Goal', task.goal.title] as [string, ReactNode]] : []),
    ...(idea ? [['Came of', <AppLink key="i" href={idea.path} className="underline">{idea.title}</AppLink>] as [string, ReactNode]] : []),
    ...(task.estimateMinutes ? [['Estimate', formatEstimate(task.estimateMinutes)] as [string, ReactNode]] : []),
    ...(task.labels.length ? [['Labels', <LabelBadges key="l" labels={task.labels} />] as [string, ReactNode]] : []),
    ...(task.blockedReason ? [['Blocked by', <span key="b" className="text-danger">{task.blockedReason}</span>] as [string, ReactNode]] : []),
    ['Created', <RelativeTime key="c" iso={task.createdAt.toISOString()} timeZone={timeZone} />],
    ['Changed', <RelativeTime key="u" iso={task.updatedAt.toISOString()} timeZone={timeZone} />],
  ]
  return (
    <aside aria-label="Facts" className="@max-4xl:order-first">
      <Card>
        <CardBody className="flex flex-col gap-4">
          <ProgressBar label="Progress" value={task.progress} showValue />
          <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2 gap-y-2.5">
            {facts.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-text-muted">{name}</dt>
                <dd className="min-w-0 break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </CardBody>
      </Card>
    </aside>
  )
}

function Assigned({ task, members }: Pick<Props, 'task' | 'members'>) {
  const inherited = task.assignees.length === 0 ? task.inherited : []
  const names = task.assignees.length > 0 ? task.assignees.map(({ name }) => name).join(', ') : inherited.length > 0 ? `${inherited.map(({ name }) => name).join(', ')} (inherited)` : ''
  return (
    <span className="flex flex-col items-start gap-1">
      {names || <span className="text-text-muted">Nobody</span>}
      {members && <PersonMenu taskId={task.id} part="assignee" people={task.assignees} members={members} />}
    </span>
  )
}

function Reviewed({ task, members }: Pick<Props, 'task' | 'members'>) {
  return (
    <span className="flex flex-col items-start gap-1">
      {task.reviewers.map(({ name }) => name).join(', ') || <span className="text-text-muted">Nobody</span>}
      {members && <PersonMenu taskId={task.id} part="reviewer" people={task.reviewers} members={members} />}
    </span>
  )
}
