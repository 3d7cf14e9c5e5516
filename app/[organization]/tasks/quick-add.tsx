'use client'

import { useRef } from 'react'
import { addTask } from '@/app/[organization]/tasks/actions'
import { ActionForm } from '@/components/forms/action-form'
import { useShortcut } from '@/components/shell/shortcuts'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'

/** One line, Enter, next line: a task of the project with everything else at its default. */
export function QuickAdd({ projectId, parentId, label }: { projectId: string; parentId?: string; label: string }) {
  const box = useRef<HTMLDivElement>(null)
  const toast = useToast()
  const focus = () => box.current?.querySelector<HTMLInputElement>('input[name=title]')?.focus()
  useShortcut(parentId ? 's' : 'q', focus, label)
  return (
    <div ref={box}>
      <ActionForm
        action={addTask}
        hidden={{ projectId, ...(parentId ? { parentId } : {}) }}
        className="flex flex-col gap-2"
        onDone={({ message }) => {
          toast({ title: message ?? 'Created.', tone: 'success' })
          focus()
        }}
      >
        {(form) => (
          <div className="flex items-start gap-2">
            <Field label={label} labelHidden required error={form.error('title')} className="flex-1">
              <Input name="title" placeholder={`${label}…`} defaultValue={form.value('title')} maxLength={200} autoComplete="off" />
            </Field>
            <SubmitButton variant="secondary">Add</SubmitButton>
          </div>
        )}
      </ActionForm>
    </div>
  )
}
