'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { lazyComponent } from '@/components/ui/lazy-part'
import type { TaskChoices } from './task-fields'

const NewTaskPopup = lazyComponent(() => import('./new-task-popup').then((module) => module.NewTaskPopup))

export type NewTaskProps = {
  projects: { id: string; name: string; key: string }[]
  choices: TaskChoices
  initial?: { projectId?: string; assignees?: string[] }
}

export function NewTaskDialog({ defaultOpen = false, withShortcut = true, ...props }: NewTaskProps & { defaultOpen?: boolean; withShortcut?: boolean }) {
  const [open, setOpen] = useState(defaultOpen)
  useShortcut(withShortcut ? 'c' : undefined, () => setOpen(true), 'New task')
  if (props.projects.length === 0) return null
  return (
    <>
      <Button variant="primary" icon={<Plus />} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)}>New task</Button>
      <NewTaskPopup {...props} open={open} setOpen={setOpen} />
    </>
  )
}
