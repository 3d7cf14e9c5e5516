'use client'

import { signIn } from 'next-auth/react'
import { type FormEvent, useRef, useState } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'

type Person = { name: string; email: string; places: { organization: string; role: string }[] }

const REFUSALS: Record<string, string> = {
  CredentialsSignin: 'This address and password do not go together. Check both and try again.',
  deactivated: 'This account has been deactivated. Ask an owner of your organization.',
  suspended: 'This account is suspended. Ask an owner of your organization.',
  pending_verification: 'Confirm your e-mail address first: open the link that was sent to you.',
}
const UNREACHABLE = 'Signing in did not work just now. Nothing is wrong with your password: try again in a moment.'

export function SignInForm({ destination, people }: { destination: string; people: Person[] }) {
  const [email, setEmail] = useState('')
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const password = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    setPending(true)
    setError(undefined)
    try {
      const answer = await signIn('credentials', { email, password: password.current?.value, redirect: false, callbackUrl: destination })
      if (answer?.ok && !answer.error) return window.location.assign(destination)
      setError(REFUSALS[answer?.error ?? ''] ?? UNREACHABLE)
    } catch {
      setError(UNREACHABLE)
    }
    setPending(false)
    password.current?.focus()
  }

  return (
    <>
      <form onSubmit={submit} method="post" className="flex flex-col gap-4">
        <FormMessage>{error}</FormMessage>
        <Field label="E-mail address" required>
          <Input name="email" type="email" autoComplete="username" value={email} onChange={(event) => setEmail(event.target.value)} maxLength={320} />
        </Field>
        <Field label="Password" required>
          <Input ref={password} name="password" type="password" autoComplete="current-password" maxLength={200} />
        </Field>
        <Button type="submit" variant="primary" pending={pending}>Sign in</Button>
      </form>
      {people.length > 0 && (
        <section aria-labelledby="cast" className="mt-10">
          <h2 id="cast" className="mb-1 font-semibold">Demo people</h2>
          <p className="mb-3 text-text-muted">Choose one to fill in the address. The password was printed when the demo started.</p>
          <ul className="grid max-h-96 gap-1 overflow-y-auto rounded-lg border p-1" tabIndex={0} aria-label="Demo people">
            {people.map((person) => (
              <li key={person.email}>
                <button type="button" className="menu-item flex w-full items-center gap-3 rounded-md px-2 py-1.5 text-start hover:bg-surface-hover" onClick={() => { setEmail(person.email); password.current?.focus() }}>
                  <Avatar id={person.email} name={person.name} size="sm" />
                  <span className="min-w-0">
                    <span className="block font-medium">{person.name}</span>
                    <span className="block text-xs text-text-muted">{person.places.map(({ organization, role }) => `${organization}, ${role}`).join(' · ') || 'Super-admin, member nowhere'}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
