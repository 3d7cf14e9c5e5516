'use client'

import { addTask } from '@/app/[organization]/tasks/actions'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { NewTaskProps } from './new-task-dialog'
import { TaskFields } from './task-fields'

export function NewTaskPopup({ projects, choices, initial, open, setOpen }: NewTaskProps & { open: boolean; setOpen: (open: boolean) => void }) {
  const toast = useToast()
  return (
    <Dialog title="New task" size="lg" open={open} onOpenChange={setOpen}>
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
