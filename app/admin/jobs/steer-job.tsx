'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { retryJob, stopJob } from './actions'

export function SteerJob({ organization, id, isFailed, label }: { organization: string; id: string; isFailed: boolean; label: string }) {
  return <ActionForm action={isFailed ? retryJob : stopJob} hidden={{ organization, id }}>{({ pending }) => <Button type="submit" size="sm" pending={pending} aria-label={`${isFailed ? 'Begin again' : 'Stop'}: ${label}`}>{isFailed ? 'Begin again' : 'Stop'}</Button>}</ActionForm>
}
