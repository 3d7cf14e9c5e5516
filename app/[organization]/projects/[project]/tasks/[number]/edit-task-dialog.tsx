'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Conflict } from '@/components/forms/conflict'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { editTask } from '../../../../tasks/actions'
import { type TaskChoices, TaskFields } from '../../../../tasks/task-fields'

export type EditableTask = { id: string; version: number; title: string; description: string; priority: string; dueOn: string; estimate: string; assignees: string[]; reviewers: string[]; labels: string[]; workstreamId: string; goalId: string }

const NAMES = { title: 'Title', description: 'Description', priority: 'Priority', dueOn: 'Due' }

type Props = { task: EditableTask; choices: TaskChoices; open: boolean; setOpen: (open: boolean) => void }

export function EditTaskDialog({ open, setOpen, ...form }: Props) {
  return (
    <Dialog title="Edit task" size="lg" open={open} onOpenChange={setOpen}>
      <EditTaskForm {...form} close={() => setOpen(false)} />
    </Dialog>
  )
}

function EditTaskForm({ task, choices, close }: { task: EditableTask; choices: TaskChoices; close: () => void }) {
  const toast = useToast()
  // What was opened stays the base, however often the page behind the form is refreshed.
  const [opened] = useState(task)
  return (
    <ActionForm action={editTask} hidden={{ id: opened.id }} className="flex flex-col gap-4" onDone={({ message }) => { close(); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
      {(form) => (
        <>
          <input type="hidden" name="version" value={typeof form.current?.version === 'number' ? form.current.version : opened.version} />
          {form.current && <Conflict names={NAMES} current={form.current} typed={{ title: form.value('title'), description: form.value('description'), priority: form.value('priority'), dueOn: form.value('dueOn') }} />}
          <TaskFields form={form} choices={choices} initial={opened} />
          <DialogActions>
            <DialogClose render={<Button>Cancel</Button>} />
            <SubmitButton>{form.current ? 'Save mine over theirs' : 'Save'}</SubmitButton>
          </DialogActions>
        </>
      )}
    </ActionForm>
  )
}
