'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import type { FormAction } from '@/lib/actions/state'

type LinkFormProps = { action: FormAction; token: string; label: string }

/** The button behind a link in a mail: whatever reads links ahead of people presses no buttons. */
export function LinkForm({ action, token, label }: LinkFormProps) {
  const [done, setDone] = useState<string>()
  if (done) return <FormMessage tone="success">{done}</FormMessage>
  return (
    <ActionForm
      action={action}
      hidden={{ token }}
      className="flex flex-col gap-4"
      onDone={({ message }) => setDone(message ?? 'Done.')}
    >
      {() => <SubmitButton>{label}</SubmitButton>}
    </ActionForm>
  )
}
