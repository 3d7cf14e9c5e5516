'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { answerSupport, stopSupport } from './actions'

export function SessionButtons({ id, name, status, mayDecide }: { id: string; name: string; status: string; mayDecide: boolean }) {
  const answer = useMemberAction(answerSupport)
  const stop = useMemberAction(stopSupport)
  const toast = useToast()
  const done = async (work: Promise<{ status: string; message?: string }>) => {
    const state = await work
    if (state.status === 'ok') toast({ title: state.message ?? 'Done.', tone: 'success' })
  }
  if (status === 'active') return <Button size="sm" variant="danger" pending={stop.pending} aria-label={`End the session of ${name}`} onClick={() => void done(stop.run({ id }) as never)}>End</Button>
  if (status !== 'requested') return null
  if (!mayDecide) return <Button size="sm" pending={stop.pending} aria-label={`Turn down ${name}`} onClick={() => void done(stop.run({ id }) as never)}>Turn down</Button>
  return (
    <span className="flex justify-end gap-2">
      <Button size="sm" variant="primary" pending={answer.pending} aria-label={`Let in ${name}`} onClick={() => void done(answer.run({ id, decision: 'approve' }) as never)}>Let in</Button>
      <Button size="sm" pending={answer.pending} aria-label={`Turn down ${name}`} onClick={() => void done(answer.run({ id, decision: 'decline' }) as never)}>Turn down</Button>
    </span>
  )
}
