'use client'

import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { NewPasswordField } from '@/components/forms/new-password-field'
import { TimezoneInput } from '@/components/forms/timezone-input'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { signUp } from '../actions'

const KINDS = [{ value: 'company', label: 'A company' }, { value: 'team', label: 'A team or association' }, { value: 'household', label: 'A household' }, { value: 'personal', label: 'Only me' }]

export function SignUpForm({ providers }: { providers: { key: string; name: string }[] }) {
  const [sentTo, setSentTo] = useState<string>()
  const [context, setContext] = useState({ name: '', email: '', organization: '' })
  if (sentTo) return <FormMessage tone="success">We sent a link to <strong>{sentTo}</strong>. Open it to finish; it works once, for 24 hours. Nothing arrived? Look into the spam folder, or sign up again.</FormMessage>
  const follow = (key: keyof typeof context) => (event: { target: { value: string } }) => setContext((before) => ({ ...before, [key]: event.target.value }))
  return (
    <>
      <ActionForm action={signUp} className="flex flex-col gap-4" onDone={({ data }) => setSentTo((data as { email: string }).email)}>
        {(form) => (
          <>
            <TimezoneInput />
            <Field label="Your name" required error={form.error('name')}><Input name="name" autoComplete="name" defaultValue={form.value('name')} onChange={follow('name')} maxLength={120} /></Field>
            <Field label="E-mail address" required error={form.error('email')}><Input name="email" type="email" autoComplete="email" defaultValue={form.value('email')} onChange={follow('email')} maxLength={320} /></Field>
            <NewPasswordField label="Password" context={context} error={form.error('password')} />
            <Field label="Name of the organization" required error={form.error('organization')}><Input name="organization" autoComplete="organization" defaultValue={form.value('organization')} onChange={follow('organization')} maxLength={120} /></Field>
            <Field label="It is for" required error={form.error('kind')}><Select name="kind" defaultValue={form.value('kind', 'company')} options={KINDS} /></Field>
            <SubmitButton>Sign up</SubmitButton>
          </>
        )}
      </ActionForm>
      {providers.length > 0 && (
        <div className="mt-6 flex flex-col gap-2 border-t pt-6">
          {providers.map(({ key, name }) => <Button key={key} onClick={() => void signIn(key, { callbackUrl: '/organizations' })}>Continue with {name}</Button>)}
        </div>
      )}
    </>
  )
}
