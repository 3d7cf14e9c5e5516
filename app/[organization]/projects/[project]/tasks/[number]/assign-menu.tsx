'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { editRow } from '../../../../tasks/actions'

type Props = { task: { id: string; version: number; assignees: { userId: string }[] }; members: { userId: string; name: string }[] }

/** Gives the task to one person in place of whoever has it; several are chosen in the form. */
export function AssignMenu({ task, members }: Props) {
  const [open, setOpen] = useState(false)
  const { run, pending } = useMemberAction(editRow)
  const give = (assignee: string) => void run({ id: task.id, version: task.version, assignee })
  useShortcut('a', () => setOpen(true), 'Assign the task')
  return (
    <Menu open={open} onOpenChange={setOpen} trigger={<Button size="sm" icon={<UserPlus />} pending={pending}>Assign</Button>}>
      {task.assignees.length > 0 && <MenuItem onClick={() => give('nobody')}>Nobody</MenuItem>}
      {members.map(({ userId, name }) => <MenuItem key={userId} onClick={() => give(userId)}>{name}</MenuItem>)}
    </Menu>
  )
}
