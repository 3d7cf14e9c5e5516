'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { endSupportHere } from './actions'

export function EndSupport({ id, label }: { id: string; label: string }) {
  return <ActionForm action={endSupportHere} hidden={{ id }}>{({ pending }) => <Button type="submit" pending={pending}>{label}</Button>}</ActionForm>
}
