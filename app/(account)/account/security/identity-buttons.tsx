'use client'

import { signIn } from 'next-auth/react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { connectIdentity, removeIdentity } from '../actions'
import { useSaid } from '../profile-forms'

export function ConnectButton({ provider, name }: { provider: string; name: string }) {
  const { run, pending } = useMemberAction(connectIdentity)
  async function connect() {
    const state = await run({ provider })
    if (state.status === 'ok') await signIn(provider, { callbackUrl: '/account/security' })
  }
  return <Button pending={pending} onClick={() => void connect()}>Connect {name}</Button>
}

export function DisconnectButton({ id, name }: { id: string; name: string }) {
  const said = useSaid()
  const { run } = useMemberAction(removeIdentity, { quiet: true })
  async function remove() {
    const state = await run({ id })
    if (state.status === 'refused') return state.message
    said(state as { message?: string })
  }
  return <ConfirmDialog title={`Disconnect ${name}?`} consequence="It no longer signs you in here." confirmLabel="Disconnect" action={remove} trigger={<Button size="sm" variant="ghost" aria-label={`Disconnect ${name}`}>Disconnect</Button>} />
}
