'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { found } from '../../actions'

const KINDS = [{ value: 'company', label: 'A company' }, { value: 'team', label: 'A team or association' }, { value: 'household', label: 'A household' }, { value: 'personal', label: 'Only me' }]

export function FoundForm() {
  return (
    <ActionForm action={found} className="flex flex-col gap-4" onDone={({ data }) => window.location.assign((data as { path: string }).path)}>
      {(form) => (
        <>
          <Field label="Name" required error={form.error('name')}><Input name="name" autoComplete="organization" maxLength={120} defaultValue={form.value('name')} /></Field>
          <Field label="It is for" required error={form.error('kind')}><Select name="kind" defaultValue={form.value('kind', 'company')} options={KINDS} /></Field>
          <SubmitButton>Create organization</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}
