'use client'

import { type FormEvent, useState } from 'react'
import { makePasskey } from '@/components/forms/passkey'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { useToast } from '@/components/ui/toast'
import { addPasskey, removePasskey, startPasskey } from '../actions'
import { useSaid } from '../profile-forms'
import { RecoveryCodes } from './recovery-codes'

export function PasskeyAdder() {
  const [codes, setCodes] = useState<string[] | null>(null)
  const { run: start, pending: starting } = useMemberAction(startPasskey)
  const { run: add, pending: adding } = useMemberAction(addPasskey)
  const toast = useToast()
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const name = String(new FormData(form).get('name')).trim() || 'Passkey'
    const answer = await makePasskey(() => start({}))
    if ('problem' in answer) return toast({ title: answer.problem, tone: 'danger' })
    const state = await add({ response: answer.response, name })
    if (state.status !== 'ok') return
    form.reset()
    toast({ title: 'Your passkey is added.', tone: 'success' })
    if (state.data?.recoveryCodes) setCodes(state.data.recoveryCodes)
  }
  return (
    <>
      <form onSubmit={(event) => void submit(event)} className="flex flex-wrap items-end gap-2">
        <Field label="Name of the new passkey" className="w-60"><Input name="name" maxLength={60} placeholder="My laptop" autoComplete="off" /></Field>
        <Button type="submit" pending={starting || adding}>Add a passkey</Button>
      </form>
      <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />
    </>
  )
}

export function RemovePasskeyButton({ id, name }: { id: string; name: string }) {
  const said = useSaid()
  const { run } = useMemberAction(removePasskey, { quiet: true })
  async function remove() {
    const state = await run({ id })
    if (state.status === 'refused') return state.message
    said(state as { message?: string })
  }
  return <ConfirmDialog
    title={`Remove the passkey ${name}?`} consequence="It no longer signs you in. Delete it on the device too." confirmLabel="Remove" action={remove}
    trigger={<Button size="sm" variant="ghost" aria-label={`Remove ${name}`}>Remove</Button>}
  />
}
