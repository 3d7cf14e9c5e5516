'use client'

import { Ellipsis, LayoutTemplate, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useShortcut } from '@/components/shell/shortcuts'
import { useNavigate } from '@/components/shell/use-navigate'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { useToast } from '@/components/ui/toast'
import { trashTasks, untrashTasks } from '../../../../tasks/actions'
import type { TaskChoices } from '../../../../tasks/task-fields'
import { type EditableTask, EditTaskDialog } from './edit-task-dialog'
import { KeepDialog } from './keep-dialog'

type Props = { task: EditableTask; taskKey: string; back: string; choices: TaskChoices; mayEdit: boolean; mayDelete: boolean; mayKeep: boolean }

export function TaskMenu({ task, taskKey, back, choices, mayEdit, mayDelete, mayKeep }: Props) {
  const [isEditing, setEditing] = useState(false)
  const [isKeeping, setKeeping] = useState(false)
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
      {(mayDelete || mayKeep) && (
        <Menu trigger={<IconButton label="More about this task" icon={<Ellipsis />} />} align="end">
          {mayKeep && <MenuItem icon={<LayoutTemplate />} onClick={() => setKeeping(true)}>Keep as a template…</MenuItem>}
          {mayDelete && <MenuItem tone="danger" icon={<Trash2 />} onClick={() => void remove()}>Delete task</MenuItem>}
        </Menu>
      )}
      {mayKeep && <KeepDialog task={task} open={isKeeping} setOpen={setKeeping} />}
      {mayEdit && <EditTaskDialog task={task} choices={choices} open={isEditing} setOpen={setEditing} />}
    </>
  )
}
