'use client'

import { useTransition } from 'react'
import { useProof, withProof } from '@/components/forms/proof'
import { UNREACHABLE } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { retryJob, stopJob } from './actions'

/** Says what became of it although its row may leave the list by it. */
export function SteerJob({ organization, id, isFailed, label }: { organization: string; id: string; isFailed: boolean; label: string }) {
  const prove = useProof()
  const toast = useToast()
  const [pending, start] = useTransition()
  const steer = () => start(async () => {
    const state = await withProof(prove, () => (isFailed ? retryJob : stopJob)({ status: 'idle' }, { organization, id })).catch(() => null)
    if (state?.status === 'ok') toast({ title: state.message ?? 'Done.', tone: 'success' })
    else toast({ title: state?.status === 'refused' ? state.message : UNREACHABLE, tone: 'danger' })
  })
  return <Button size="sm" pending={pending} onClick={steer} aria-label={`${isFailed ? 'Begin again' : 'Stop'}: ${label}`}>{isFailed ? 'Begin again' : 'Stop'}</Button>
}
