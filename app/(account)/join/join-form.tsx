'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { join } from '../actions'

const ROLES = [{ value: 'member', label: 'Member' }, { value: 'field', label: 'Field worker' }, { value: 'viewer', label: 'Viewer' }]

export function JoinForm({ code }: { code: string }) {
  const [asked, setAsked] = useState<string>()
  if (asked) return <FormMessage tone="success">{asked}</FormMessage>
  return (
    <ActionForm action={join} className="flex flex-col gap-4" onDone={({ data, message }) => (data ? window.location.assign((data as { path: string }).path) : setAsked(message))}>
      {(form) => (
        <>
          <Field label="Code" required error={form.error('code')} hint="Four to sixteen letters and digits.">
            <Input name="code" autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={20} defaultValue={form.value('code', code)} className="font-mono uppercase" />
          </Field>
          <Field label="You would be a" required error={form.error('role')} hint="Whoever decides may choose another."><Select name="role" defaultValue={form.value('role', 'member')} options={ROLES} /></Field>
          <SubmitButton>Join</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}
