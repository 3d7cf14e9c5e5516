'use client'

import { ActionForm } from '@/components/forms/action-form'
import { NewPasswordField } from '@/components/forms/new-password-field'
import { SubmitButton } from '@/components/ui/submit-button'
import type { PasswordContext } from '@/lib/passwords/rules'
import { replacePassword } from '../actions'

export function ReplaceForm({ destination, context }: { destination: string; context: PasswordContext }) {
  return (
    <ActionForm action={replacePassword} className="flex flex-col gap-4" onDone={() => window.location.assign(destination)}>
      {(form) => (
        <>
          <NewPasswordField context={context} error={form.error('password')} autoFocus />
          <SubmitButton>Set it and go on</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}
