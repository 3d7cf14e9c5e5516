'use client'

import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { bringBack } from '../actions'

export function RestoreButton({ id, name }: { id: string; name: string }) {
  return (
    <ActionForm action={bringBack} hidden={{ id }}>
      {() => <SubmitButton variant="secondary" size="sm" aria-label={`Bring back ${name}`}>Bring back</SubmitButton>}
    </ActionForm>
  )
}
