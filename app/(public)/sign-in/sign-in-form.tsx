'use client'

import { KeyRound } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { createContext, type FormEvent, type ReactNode, useContext, useRef, useState } from 'react'
import { answerWithPasskey } from '@/components/forms/passkey'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { PasswordInput } from '@/components/ui/password-input'
import { startPasskeySignIn } from '../actions'
import { refusalSentence, UNREACHABLE } from './sentences'

const FillInContext = createContext<(email: string) => void>(() => undefined)
export const useFillIn = () => useContext(FillInContext)

type SignInFormProps = { destination: string; providers: { key: string; name: string }[]; email: string; children?: ReactNode }

export function SignInForm({ destination, providers, email: initial, children }: SignInFormProps) {
  const [email, setEmail] = useState(initial)
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const password = useRef<HTMLInputElement>(null)

  async function enter(kind: 'credentials' | 'passkey', given: Record<string, string | undefined>) {
    setPending(true)
    setError(undefined)
    try {
      const answer = await signIn(kind, { ...given, redirect: false, callbackUrl: destination })
      if (answer?.ok && !answer.error) return window.location.assign(destination)
      setError(kind === 'passkey' && answer?.error === 'CredentialsSignin' ? 'This passkey is not known here.' : (refusalSentence(answer?.error) ?? UNREACHABLE))
    } catch {
      setError(UNREACHABLE)
    }
    setPending(false)
    if (kind === 'credentials') password.current?.focus()
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    void enter('credentials', { email, password: password.current?.value })
  }

  async function byPasskey() {
    const answer = await answerWithPasskey(() => startPasskeySignIn({ status: 'idle' }, {}))
    if ('problem' in answer) setError(answer.problem)
    else await enter('passkey', { response: answer.response })
  }

  return (
    <>
      <form onSubmit={submit} method="post" className="flex flex-col gap-4">
        <FormMessage>{error}</FormMessage>
        <Field label="E-mail address" required>
          <Input name="email" type="email" autoComplete="username webauthn" value={email} onChange={(event) => setEmail(event.target.value)} maxLength={320} />
        </Field>
        <Field label="Password" required>
          <PasswordInput ref={password} name="password" autoComplete="current-password" />
        </Field>
        <Button type="submit" variant="primary" pending={pending}>Sign in</Button>
        <AppLink href="/forgot-password" className="link self-start">Forgot your password?</AppLink>
      </form>
      <div className="mt-6 flex flex-col gap-2 border-t pt-6">
        <Button icon={<KeyRound />} onClick={() => void byPasskey()}>Use a passkey</Button>
        {providers.map(({ key, name }) => (
          <Button key={key} onClick={() => void signIn(key, { callbackUrl: destination })}>Continue with {name}</Button>
        ))}
      </div>
      <FillInContext value={(address) => { setEmail(address); password.current?.focus() }}>{children}</FillInContext>
    </>
  )
}
