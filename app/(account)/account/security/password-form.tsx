'use client'

import { ActionForm } from '@/components/forms/action-form'
import { NewPasswordField } from '@/components/forms/new-password-field'
import { Field } from '@/components/ui/field'
import { PasswordInput } from '@/components/ui/password-input'
import { SubmitButton } from '@/components/ui/submit-button'
import type { PasswordContext } from '@/lib/passwords/rules'
import { changePassword } from '../actions'
import { useSaid } from '../profile-forms'

export function PasswordForm({ hasPassword, context }: { hasPassword: boolean; context: PasswordContext }) {
  const said = useSaid()
  return (
    <ActionForm action={changePassword} className="flex max-w-md flex-col gap-4" onDone={said}>
      {(form) => (
        <>
          {hasPassword && <Field label="Present password" required error={form.error('currentPassword')}><PasswordInput name="currentPassword" autoComplete="current-password" /></Field>}
          <NewPasswordField context={context} error={form.error('password')} />
          <div><SubmitButton>{hasPassword ? 'Change password' : 'Set a password'}</SubmitButton></div>
        </>
      )}
    </ActionForm>
  )
}
