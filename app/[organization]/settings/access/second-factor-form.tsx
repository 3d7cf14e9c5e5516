'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { chooseSecondFactor } from './actions'

export function SecondFactorForm({ isRequired, graceDays }: { isRequired: boolean; graceDays: number }) {
  const toast = useToast()
  return (
    <ActionForm action={chooseSecondFactor} className="grid items-start gap-4 sm:grid-cols-[14rem_10rem_max-content]" onDone={({ message }) => toast({ title: message ?? 'Saved.', tone: 'success' })}>
      {(form) => (
        <>
          <Field label="Members need one" required error={form.error('isRequired')}><Select name="isRequired" defaultValue={form.value('isRequired', String(isRequired))} options={[{ value: 'false', label: 'No' }, { value: 'true', label: 'Yes' }]} /></Field>
          <Field label="Days to set it up" required error={form.error('graceDays')}><Input name="graceDays" type="number" min={0} max={90} defaultValue={form.value('graceDays', String(graceDays))} /></Field>
          <SubmitButton variant="secondary" className="sm:mt-7">Save</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}
