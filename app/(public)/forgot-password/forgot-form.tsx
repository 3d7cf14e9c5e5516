'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { askForReset } from '../actions'

export function ForgotForm() {
  const [sent, setSent] = useState<string>()
  if (sent) return <FormMessage tone="success">{sent}</FormMessage>
  return (
    <ActionForm action={askForReset} className="flex flex-col gap-4" onDone={({ message }) => setSent(message)}>
      {(form) => (
        <>
          <Field label="E-mail address" required error={form.error('email')}><Input name="email" type="email" autoComplete="username" defaultValue={form.value('email')} maxLength={320} autoFocus /></Field>
          <SubmitButton>Send the link</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}
