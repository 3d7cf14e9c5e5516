'use client'

import { useRef, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { editTask } from '../../../../tasks/actions'
import { type TaskChoices, TaskFields } from '../../../../tasks/task-fields'
import { Conflict } from './conflict'

export type EditableTask = { id: string; version: number; title: string; description: string; priority: string; dueOn: string; estimate: string; assignees: string[]; labels: string[] }

export function EditTaskDialog({ task, choices, open, setOpen }: { task: EditableTask; choices: TaskChoices; open: boolean; setOpen: (open: boolean) => void }) {
  const toast = useToast()
  return (
    <Dialog title="Edit task" size="lg" open={open} onOpenChange={setOpen}>
      <ActionForm action={editTask} hidden={{ id: task.id }} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
        {(form) => (
          <>
            <BaseVersion version={task.version} current={form.current} />
            {form.current && <Conflict current={form.current} typed={{ title: form.value('title'), description: form.value('description'), priority: form.value('priority'), dueOn: form.value('dueOn') }} />}
            <TaskFields form={form} choices={choices} initial={task} />
            <div className="flex justify-end gap-2">
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton>{form.current ? 'Save mine over theirs' : 'Save'}</SubmitButton>
            </div>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}

/** The version that this form was opened with, however often the page behind it is refreshed; after a conflict, the shown one. */
function BaseVersion({ version, current }: { version: number; current?: Record<string, unknown> }) {
  const [opened] = useState(version)
  const base = useRef(opened)
  return <input type="hidden" name="version" value={typeof current?.version === 'number' ? current.version : base.current} />
}
