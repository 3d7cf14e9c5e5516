'use client'

import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { NewPasswordField } from '@/components/forms/new-password-field'
import { TimezoneInput } from '@/components/forms/timezone-input'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { acceptInvitation } from '../../../(account)/actions'
import { acceptAsNew } from '../../actions'

export function AcceptForm({ token, organization }: { token: string; organization: string }) {
  return (
    <ActionForm action={acceptInvitation} hidden={{ token }} className="flex flex-col gap-4">
      {() => <SubmitButton>Join {organization}</SubmitButton>}
    </ActionForm>
  )
}

type NewPersonFormProps = { token: string; email: string; organization: string; providers: { key: string; name: string }[]; here: string }

export function NewPersonForm({ token, email, organization, providers, here }: NewPersonFormProps) {
  const [name, setName] = useState('')
  return (
    <>
      <ActionForm action={acceptAsNew} hidden={{ token }} className="flex flex-col gap-4">
        {(form) => (
          <>
            <TimezoneInput />
            <Field label="Your name" required error={form.error('name')}><Input name="name" autoComplete="name" defaultValue={form.value('name')} onChange={(event) => setName(event.target.value)} maxLength={120} /></Field>
            <NewPasswordField label="Password" context={{ name, email, organization }} error={form.error('password')} />
            <SubmitButton>Make an account and join</SubmitButton>
          </>
        )}
      </ActionForm>
      {providers.length > 0 && (
        <div className="mt-6 flex flex-col gap-2 border-t pt-6">
          {providers.map((provider) => <Button key={provider.key} onClick={() => void signIn(provider.key, { callbackUrl: here })}>Continue with {provider.name}</Button>)}
        </div>
      )}
    </>
  )
}
