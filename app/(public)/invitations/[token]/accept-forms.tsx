'use client'

import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { NewPasswordField } from '@/components/forms/new-password-field'
import { TimezoneInput } from '@/components/forms/timezone-input'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { acceptInvitation } from '../../../(account)/actions'
import { acceptAsNew, declineInvitation } from '../../actions'

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

/** For whoever holds the link, signed in or not. */
export function DeclineButton({ token, organization }: { token: string; organization: string }) {
  const { run } = useMemberAction(declineInvitation, { quiet: true })
  async function decline() {
    const state = await run({ token })
    if (state.status === 'refused') return state.message
    window.location.reload()
  }
  return <ConfirmDialog title={`Decline to join ${organization}?`} consequence="The link stops working. They can invite you again." confirmLabel="Decline" tone="primary" action={decline} trigger={<Button size="sm" variant="ghost">Decline</Button>} />
}
