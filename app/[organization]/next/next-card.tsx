'use client'

import { SkipForward } from 'lucide-react'
import { useNavigate } from '@/components/shell/use-navigate'
import { useShortcut } from '@/components/shell/shortcuts'
import { AppLink } from '@/components/ui/app-link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardBody } from '@/components/ui/card'
import { type NextAddress, nextAddress } from '@/lib/tasks/next-address'
import type { Next } from '@/lib/tasks/next-task'
import { isOpen } from '@/lib/tasks/rules'
import { DueDate } from '../tasks/due-date'
import { LabelBadges } from '../tasks/label-badges'
import { useMoveTask } from '../tasks/move-dialog'
import { PriorityBadge, StatusBadge, StatusIcon } from '../tasks/status'

type Props = { next: Extract<Next, { reason: string }>; home: string; filter: NextAddress; today: string; canMove: boolean }

export function NextCard({ next: { task, reason, waiting }, home, filter, today, canMove }: Props) {
  const { move, dialog, pending } = useMoveTask()
  const { navigate } = useNavigate()
  const skip = () => navigate(`${home}/next${nextAddress({ ...filter, skip: [...filter.skip, task.id] })}`)
  const isBegun = task.status === 'in_progress'
  useShortcut('n', skip, 'Skip this task')
  return (
    <Card aria-labelledby="next-title">
      <CardBody className="flex flex-col gap-4">
        <div className="flex flex-col gap-1">
          <p className="text-[0.8125rem] text-text-muted"><span className="font-mono">{task.key}</span> · {task.projectName}</p>
          <h2 id="next-title" className="text-lg font-semibold text-balance wrap-anywhere"><AppLink href={`${home}/projects/${task.projectSlug}/tasks/${task.number}`} className="hover:underline">{task.title}</AppLink></h2>
          <p className="text-text-muted">{reason}.</p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <StatusBadge status={task.status} />
          <PriorityBadge priority={task.priority} />
          <DueDate dueOn={task.dueOn} today={today} open={isOpen(task.status)} />
          <LabelBadges labels={task.labels} />
          {task.assignees.length === 0 && <Badge>nobody’s</Badge>}
        </div>
        <div className="flex flex-wrap gap-2">
          {canMove && !isBegun && <Button variant="primary" pending={pending} icon={<StatusIcon status="in_progress" />} onClick={() => move(task, 'in_progress')}>Start</Button>}
          {canMove && <Button variant={isBegun ? 'primary' : 'secondary'} disabled={pending} icon={<StatusIcon status="done" />} onClick={() => move(task, 'done')}>Complete</Button>}
          <Button variant="ghost" icon={<SkipForward />} onClick={skip}>Skip for now</Button>
        </div>
        <p className="text-[0.8125rem] text-text-muted">{waiting === 0 ? 'Nothing waits behind it.' : `${waiting} more wait${waiting === 1 ? 's' : ''} behind it.`}</p>
      </CardBody>
      {dialog}
    </Card>
  )
}
