'use client'

import { CornerUpRight, Ellipsis, FolderOutput, LayoutTemplate, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useShortcut } from '@/components/shell/shortcuts'
import { useNavigate } from '@/components/shell/use-navigate'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { lazyComponent } from '@/components/ui/lazy-part'
import { Menu, MenuItem } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import type { Losses } from '@/lib/tasks/move-to-project'
import { trashTasks, untrashTasks } from '../../../../tasks/actions'
import { followUp } from '../../../../tasks/project-actions'
import type { Target } from '../../../../tasks/to-project-dialog'
import type { TaskChoices } from '../../../../tasks/task-fields'
import type { EditableTask } from './edit-task-dialog'

const EditTaskDialog = lazyComponent(() => import('./edit-task-dialog').then((module) => module.EditTaskDialog))
const KeepDialog = lazyComponent(() => import('./keep-dialog').then((module) => module.KeepDialog))
const ToProjectDialog = lazyComponent(() => import('../../../../tasks/to-project-dialog').then((module) => module.ToProjectDialog))

type Props = {
  task: EditableTask; taskKey: string; back: string; choices: TaskChoices; mayEdit: boolean; mayDelete: boolean; mayKeep: boolean; mayFollow: boolean
  /** Where it may go, and what it would leave behind. */
  elsewhere: { targets: Target[]; losses: Losses } | null
}

export function TaskMenu({ task, taskKey, back, choices, mayEdit, mayDelete, mayKeep, mayFollow, elsewhere }: Props) {
  const [isEditing, setEditing] = useState(false)
  const [isKeeping, setKeeping] = useState(false)
  const [isMoving, setMoving] = useState(false)
  const follow = useMemberAction(followUp)
  const trash = useMemberAction(trashTasks)
  const untrash = useMemberAction(untrashTasks)
  const { navigate } = useNavigate()
  const toast = useToast()
  useShortcut(mayEdit ? 'e' : undefined, () => setEditing(true), 'Edit the task')

  async function remove() {
    const state = await trash.run({ ids: [task.id] })
    if (state.status !== 'ok') return
    toast({ title: `${taskKey} deleted.`, action: { label: 'Undo', onClick: () => void untrash.run({ ids: [task.id] }) } })
    navigate(back)
  }
  return (
    <>
      <CopyButton text={taskKey} label="Copy number" variant="ghost" />
      {mayEdit && <Button icon={<Pencil />} onClick={() => setEditing(true)}>Edit</Button>}
      {mayFollow && <Button icon={<CornerUpRight />} pending={follow.pending} onClick={() => void follow.run({ id: task.id })}>Create follow-up</Button>}
      {(mayDelete || mayKeep || elsewhere) && (
        <Menu trigger={<IconButton label="More about this task" icon={<Ellipsis />} />} align="end">
          {mayKeep && <MenuItem icon={<LayoutTemplate />} onClick={() => setKeeping(true)}>Keep as a template…</MenuItem>}
          {elsewhere && <MenuItem icon={<FolderOutput />} onClick={() => setMoving(true)}>Move to another project…</MenuItem>}
          {mayDelete && <MenuItem tone="danger" icon={<Trash2 />} onClick={() => void remove()}>Delete task</MenuItem>}
        </Menu>
      )}
      {elsewhere && <ToProjectDialog ids={[task.id]} what={taskKey} {...elsewhere} open={isMoving} setOpen={setMoving} />}
      {mayKeep && <KeepDialog task={task} open={isKeeping} setOpen={setKeeping} />}
      {mayEdit && <EditTaskDialog task={task} choices={choices} open={isEditing} setOpen={setEditing} />}
    </>
  )
}
