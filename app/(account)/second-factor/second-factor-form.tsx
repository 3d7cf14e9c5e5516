'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { answerWithPasskey } from '@/components/forms/passkey'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { passFactor, startPasskeyAnswer } from '../actions'

export function SecondFactorForm({ destination, hasTotp, hasPasskey }: { destination: string; hasTotp: boolean; hasPasskey: boolean }) {
  const [isRecovering, setRecovering] = useState(!hasTotp && !hasPasskey)
  const [problem, setProblem] = useState<string>()
  const go = () => window.location.assign(destination)
  async function byPasskey() {
    setProblem(undefined)
    const answer = await answerWithPasskey(() => startPasskeyAnswer({ status: 'idle' }, {}))
    if ('problem' in answer) return setProblem(answer.problem)
    const state = await passFactor({ status: 'idle' }, { passkey: answer.response })
    if (state.status === 'ok') go()
    else setProblem(state.status === 'refused' ? 'This passkey is not right.' : 'Try again.')
  }
  return (
    <div className="flex flex-col gap-4">
      <FormMessage>{problem}</FormMessage>
      {hasPasskey && !isRecovering && <Button variant={hasTotp ? 'secondary' : 'primary'} onClick={() => void byPasskey()}>Use a passkey</Button>}
      {(hasTotp || isRecovering) && (
        <ActionForm key={String(isRecovering)} action={passFactor} className="flex flex-col gap-4" onDone={go}>
          {(form) => (
            <>
              <Field label={isRecovering ? 'Recovery code' : 'Code of your authenticator'} required error={form.error('code')} hint={isRecovering ? 'Ten letters and digits. Each works once.' : undefined}>
                <Input name="code" inputMode={isRecovering ? 'text' : 'numeric'} autoComplete="one-time-code" maxLength={20} defaultValue={form.value('code')} autoFocus />
              </Field>
              <SubmitButton>Go on</SubmitButton>
            </>
          )}
        </ActionForm>
      )}
      {(hasTotp || hasPasskey) && <button type="button" className="link self-start" onClick={() => setRecovering(!isRecovering)}>{isRecovering ? 'Use your device instead' : 'Lost your phone? Use a recovery code'}</button>}
    </div>
  )
}
