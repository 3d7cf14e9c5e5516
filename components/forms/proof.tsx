'use client'

import { createContext, type ReactNode, useContext, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { PasswordInput } from '@/components/ui/password-input'
import type { ActionState, FormAction } from '@/lib/actions/state'
import { answerWithPasskey, type PasskeyStart } from './passkey'

export type ProofWays = { hasPassword: boolean; hasTotp: boolean; hasPasskey: boolean }
type ProofProps = { ways: ProofWays; prove: FormAction; startPasskey: FormAction<PasskeyStart>; children: ReactNode }

const ProofContext = createContext<(() => Promise<boolean>) | null>(null)

/** Asks once more who is there, before something sensitive. Resolves to whether they have shown it. Null where nothing asks. */
export const useProof = () => useContext(ProofContext)

/** Runs an action; when it wants a recent proof, asks for one and runs it again. */
export async function withProof<T>(prove: (() => Promise<boolean>) | null, run: () => Promise<ActionState<T>>): Promise<ActionState<T>> {
  const state = await run()
  return state.status === 'refused' && state.code === 'prove_again' && prove && (await prove()) ? run() : state
}

export function ProofProvider({ ways, prove, startPasskey, children }: ProofProps) {
  const [open, setOpen] = useState(false)
  const waiting = useRef<(shown: boolean) => void>(undefined)
  const ask = () =>
    new Promise<boolean>((resolve) => {
      waiting.current = resolve
      setOpen(true)
    })
  const finish = (shown: boolean) => {
    setOpen(false)
    waiting.current?.(shown)
    waiting.current = undefined
  }
  return (
    <ProofContext value={ask}>
      {children}
      <Dialog title="Confirm that it is you" description="Asked before anything that would let somebody else in." open={open} onOpenChange={(next) => !next && finish(false)} size="sm">
        <ProofForm ways={ways} prove={prove} startPasskey={startPasskey} onDone={() => finish(true)} />
      </Dialog>
    </ProofContext>
  )
}

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
