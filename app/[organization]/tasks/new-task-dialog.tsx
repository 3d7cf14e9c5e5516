'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { addTask } from '@/app/[organization]/tasks/actions'
import { ActionForm } from '@/components/forms/action-form'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { TaskFields, type TaskChoices } from './task-fields'

type Props = {
  projects: { id: string; name: string; key: string }[]
  choices: TaskChoices
  initial?: { projectId?: string; assignees?: string[] }
  defaultOpen?: boolean
  withShortcut?: boolean
}

export function NewTaskDialog({ projects, choices, initial, defaultOpen = false, withShortcut = true }: Props) {
  const [open, setOpen] = useState(defaultOpen)
  const toast = useToast()
  useShortcut(withShortcut ? 'c' : undefined, () => setOpen(true), 'New task')
  if (projects.length === 0) return null
  return (
    <Dialog title="New task" size="lg" open={open} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus />}>New task</Button>}>
      <ActionForm action={addTask} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Task created.', tone: 'success' }) }}>
        {(form) => (
          <>
            <TaskFields form={form} choices={choices} initial={{ assignees: initial?.assignees }} />
            <Field label="Project" required error={form.error('projectId')}>
              <Select name="projectId" defaultValue={form.value('projectId', initial?.projectId ?? projects[0]!.id)} options={projects.map(({ id, name, key }) => ({ value: id, label: `${name} (${key})` }))} />
            </Field>
            <DialogActions>
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton>Create task</SubmitButton>
            </DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
