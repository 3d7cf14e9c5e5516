'use client'

import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { endOtherSessions, endSession } from '../actions'
import { useSaid } from '../profile-forms'

export function EndSessionButton({ id, device }: { id: string; device: string }) {
  const said = useSaid()
  const { run, pending } = useMemberAction(endSession)
  return <Button size="sm" variant="ghost" pending={pending} aria-label={`End the session with ${device}`} onClick={async () => { const state = await run({ id }); if (state.status === 'ok') said(state) }}>End</Button>
}

export function EndOthersButton() {
  const said = useSaid()
  const { run, pending } = useMemberAction(endOtherSessions)
  return <Button variant="secondary" pending={pending} onClick={async () => { const state = await run({}); if (state.status === 'ok') said(state) }}>End all others</Button>
}
