'use client'

import { Ellipsis, Target } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { ProgressBar } from '@/components/ui/progress-bar'
import { useToast } from '@/components/ui/toast'
import type { Goal } from '@/lib/goals/goals'
import { DueDate } from '../../../tasks/due-date'
import { editGoal, removeGoal } from '../../plan-actions'
import { GoalDialog, NewGoalDialog } from './goal-dialog'

type Props = { projectId: string; goals: Goal[]; today: string; path: string; mayManage: boolean }

export function Goals({ projectId, goals, today, mayManage }: Props) {
  const shown = goals.filter(({ status }) => status !== 'archived')
  return (
    <Card aria-labelledby="goals">
      <CardHeader title={<span id="goals">Goals</span>} actions={mayManage && <NewGoalDialog projectId={projectId} />} />
      <CardBody>
        {shown.length === 0 && <EmptyState icon={<Target />} title="No goals yet">{mayManage ? 'A goal says what the tasks are for. Its progress follows them.' : 'Owners, admins and managers set goals.'}</EmptyState>}
        <ul aria-label="Goals" className="-my-2 divide-y empty:hidden">{shown.map((goal) => <Entry key={goal.id} goal={goal} today={today} mayManage={mayManage} />)}</ul>
      </CardBody>
    </Card>
  )
}

function Entry({ goal, today, mayManage }: { goal: Goal; today: string; mayManage: boolean }) {
  const [dialog, setDialog] = useState<'edit' | 'complete' | 'delete' | null>(null)
  const [question, setQuestion] = useState('')
  const { run: edit } = useMemberAction(editGoal, { quiet: true })
  const { run: remove } = useMemberAction(removeGoal, { quiet: true })
  const toast = useToast()
  const { id, title, description, targetOn, status, progress, progressMode, taskCount, doneCount, version } = goal
  const stored = { id, version, title, description, targetOn: targetOn?.toISOString().slice(0, 10) ?? '', progressMode, progress }
  async function become(next: string, confirmed = false) {
    const state = await edit({ ...stored, status: next, confirmed: String(confirmed) })
    if (state.status === 'refused' && state.code === 'confirm_complete') {
      setQuestion(state.message)
      setDialog('complete')
      return
    }
    if (state.status === 'refused') return state.message
    if (state.status === 'ok') toast({ title: `${title}: ${next === 'active' ? 'taken up again' : next}.`, tone: 'success' })
  }
  return (
    <li className="flex flex-col gap-1.5 py-2.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="font-medium wrap-anywhere">{title} {status === 'completed' && <Badge tone="success">completed</Badge>}</p>
          {description && <p className="text-[0.8125rem] wrap-anywhere text-text-muted">{description}</p>}
        </div>
        {targetOn && <DueDate dueOn={targetOn} today={today} open={status === 'active'} />}
        {mayManage && (
          <Menu trigger={<IconButton size="sm" variant="ghost" label={`More about ${title}`} icon={<Ellipsis />} />} align="end">
            <MenuItem onClick={() => setDialog('edit')}>Edit…</MenuItem>
            {status === 'active' ? <MenuItem onClick={() => void become('completed')}>Mark completed</MenuItem> : <MenuItem onClick={() => void become('active')}>Take up again</MenuItem>}
            <MenuItem onClick={() => void become('archived')}>Archive</MenuItem>
            <MenuSeparator />
            <MenuItem tone="danger" onClick={() => setDialog('delete')}>Delete…</MenuItem>
          </Menu>
        )}
      </div>
      <ProgressBar label={`Progress of ${title}`} value={progress} showValue />
      <p className="text-[0.8125rem] text-text-muted">{progressMode === 'manual' ? 'Entered by hand.' : taskCount === 0 ? 'No tasks lead to it yet: choose it in a task.' : `${doneCount} of ${taskCount} task${taskCount === 1 ? '' : 's'} done.`}</p>
      <GoalDialog title="Edit goal" action="edit" open={dialog === 'edit'} setOpen={(open) => setDialog(open ? 'edit' : null)} goal={{ ...stored, status }} />
      <ConfirmDialog open={dialog === 'complete'} onOpenChange={(open) => setDialog(open ? 'complete' : null)} tone="primary" title={`Complete ${title}?`} consequence={question} confirmLabel="Complete" action={() => become('completed', true)} />
      <ConfirmDialog open={dialog === 'delete'} onOpenChange={(open) => setDialog(open ? 'delete' : null)} title={`Delete ${title}?`} consequence="A goal without tasks is deleted for good. One that tasks lead to can be archived." confirmLabel="Delete"
        action={async () => {
          const state = await remove({ id })
          if (state.status === 'refused') return state.message
          toast({ title: 'Goal deleted.', tone: 'success' })
        }} />
    </li>
  )
}
