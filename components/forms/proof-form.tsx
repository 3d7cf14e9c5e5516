'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { PasswordInput } from '@/components/ui/password-input'
import { answerWithPasskey } from './passkey'
import type { ProofProps } from './proof'

export function ProofForm({ ways, prove, startPasskey, onDone }: Omit<ProofProps, 'children'> & { onDone: () => void }) {
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  async function send(proof: Record<string, string>) {
    setPending(true)
    setError(undefined)
    const state = await prove({ status: 'idle' }, proof).catch(() => null)
    setPending(false)
    if (state?.status === 'ok') onDone()
    else setError(state?.status === 'refused' ? state.message : 'The server could not be reached. Try again.')
  }
  async function byPasskey() {
    const answer = await answerWithPasskey(() => startPasskey({ status: 'idle' }, {}))
    if ('problem' in answer) setError(answer.problem)
    else await send({ passkey: answer.response })
  }
  if (!ways.hasPassword && !ways.hasTotp && !ways.hasPasskey) return <p>Sign out and in again with your provider, then repeat this within 15 minutes.</p>
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => { event.preventDefault(); const form = new FormData(event.currentTarget); void send(ways.hasPassword ? { password: String(form.get('password')) } : { code: String(form.get('code')) }) }}>
      <FormMessage>{error}</FormMessage>
      {ways.hasPassword && <Field label="Password" required><PasswordInput name="password" autoComplete="current-password" autoFocus /></Field>}
      {!ways.hasPassword && ways.hasTotp && <Field label="Code of your authenticator" required><Input name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={20} autoFocus /></Field>}
      <div className="flex flex-wrap justify-end gap-2">
        {ways.hasPasskey && <Button onClick={() => void byPasskey()}>Use a passkey</Button>}
        {(ways.hasPassword || ways.hasTotp) && <Button type="submit" variant="primary" pending={pending}>Confirm</Button>}
      </div>
    </form>
  )
}
