'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { NewPasswordField } from '@/components/forms/new-password-field'
import { AppLink } from '@/components/ui/app-link'
import { buttonClass } from '@/components/ui/button-class'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { chooseNewPassword } from '../../actions'

export function ResetForm({ token }: { token: string }) {
  const [email, setEmail] = useState<string>()
  if (email !== undefined) {
    return (
      <div className="flex flex-col gap-4">
        <FormMessage tone="success">Your new password is set. Sign in with it.</FormMessage>
        <AppLink href={`/sign-in?email=${encodeURIComponent(email)}`} className={buttonClass({ variant: 'primary' })}>Sign in</AppLink>
      </div>
    )
  }
  return (
    <ActionForm action={chooseNewPassword} hidden={{ token }} className="flex flex-col gap-4" onDone={({ data }) => setEmail((data as { email: string }).email)}>
      {(form) => (
        <>
          <NewPasswordField context={{}} error={form.error('password')} autoFocus />
          <SubmitButton>Set the password</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}
