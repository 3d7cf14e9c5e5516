'use client'

import { Eye, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { editRow } from '../../../../tasks/actions'

const PARTS = {
  assignee: { label: 'Assign', key: 'a', says: 'Assign the task', icon: <UserPlus /> },
  reviewer: { label: 'Choose a reviewer', key: 'v', says: 'Choose who reviews the task', icon: <Eye /> },
}

type Person = { userId: string; name: string }
type Props = { taskId: string; part: keyof typeof PARTS; people: Person[]; members: Person[] }

/** Gives a part in the task to one person in place of whoever has it; several are chosen in the form. */
export function PersonMenu({ taskId, part, people, members }: Props) {
  const { label, key, says, icon } = PARTS[part]
  const [open, setOpen] = useState(false)
  const { run, pending } = useMemberAction(editRow)
  const was = people.map(({ userId }) => userId).toSorted().join(' ')
  const give = (person: string) => void run({ id: taskId, was, [part]: person })
  useShortcut(key, () => setOpen(true), says)
  return (
    <Menu open={open} onOpenChange={setOpen} trigger={<Button size="sm" icon={icon} pending={pending}>{label}</Button>}>
      {people.length > 0 && <MenuItem onClick={() => give('nobody')}>Nobody</MenuItem>}
      {members.map(({ userId, name }) => <MenuItem key={userId} onClick={() => give(userId)}>{name}</MenuItem>)}
    </Menu>
  )
}
