'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { applyTemplate } from '../../../../templates/actions'

type Props = { task: { id: string; projectId: string }; checklists: { id: string; name: string }[] }

/** Adds the items of a checklist as subtasks. */
export function ChecklistForm({ task: { id, projectId }, checklists }: Props) {
  const toast = useToast()
  if (checklists.length === 0) return null
  return (
    <ActionForm action={applyTemplate} hidden={{ projectId, taskId: id }} className="flex flex-col gap-2" onDone={({ message }) => toast({ title: message ?? 'Added.', tone: 'success' })}>
      {(form) => (
        <div className="flex flex-wrap items-end gap-2">
          <div className="min-w-0 flex-1 basis-48">
            <Field label="Checklist" required error={form.error('id')}><Select name="id" defaultValue={form.value('id', checklists[0]!.id)} options={checklists.map(({ id: value, name }) => ({ value, label: name }))} /></Field>
          </div>
          <SubmitButton variant="secondary">Add its items</SubmitButton>
        </div>
      )}
    </ActionForm>
  )
}
