'use client'

import { Check, Circle } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { classNames } from '@/components/ui/class-names'
import { Field } from '@/components/ui/field'
import { PasswordInput } from '@/components/ui/password-input'
import { checkPassword, type PasswordCheck, type PasswordContext } from '@/lib/passwords/rules'

const STRENGTHS = ['Guessed at once', 'Very weak', 'Weak', 'Good', 'Strong'] as const
const COLOURS = ['bg-danger', 'bg-danger', 'bg-warning', 'bg-success', 'bg-success']

type NewPasswordFieldProps = { label?: string; context: PasswordContext; error?: string[]; autoFocus?: boolean }

/** A new password with its rules, ticked off while it is typed, and how long it would stand. */
export function NewPasswordField({ label = 'New password', context, error, autoFocus }: NewPasswordFieldProps) {
  const [value, setValue] = useState('')
  const [check, setCheck] = useState<PasswordCheck>()
  const listId = useId()
  const { email, name, organization, hasSecondFactor } = context
  useEffect(() => {
    let isCurrent = true
    void checkPassword(value, { email, name, organization, hasSecondFactor }).then((answer) => isCurrent && setCheck(answer))
    return () => void (isCurrent = false)
  }, [value, email, name, organization, hasSecondFactor])
  return (
    <div className="flex flex-col gap-2">
      <Field label={label} required error={error}>
        {(control) => <PasswordInput {...control} aria-describedby={classNames(control['aria-describedby'], listId)} name="password" autoComplete="new-password" autoFocus={autoFocus} value={value} onChange={(event) => setValue(event.target.value)} />}
      </Field>
      <div id={listId} className="flex flex-col gap-1.5">
        <div className="flex items-center gap-3 text-[0.8125rem]" aria-live="polite">
          <span aria-hidden className="grid h-1.5 flex-1 grid-cols-4 gap-1">
            {[1, 2, 3, 4].map((step) => <span key={step} className={classNames('rounded-full', check && value && check.score >= step ? COLOURS[check.score] : 'bg-surface-hover')} />)}
          </span>
          <span className="w-28 text-end text-text-muted">{value && check ? STRENGTHS[check.score] : 'Strength'}</span>
        </div>
        <ul className="text-[0.8125rem]" aria-label="What a password needs">
          {(check?.rules ?? []).map(({ key, label: text, isMet }) => (
            <li key={key} className={classNames('flex items-start gap-1.5', isMet ? 'text-success' : 'text-text-muted')}>
              {isMet ? <Check aria-label="Met:" className="mt-0.5 size-3.5 shrink-0" /> : <Circle aria-label="Not yet:" className="mt-0.5 size-3.5 shrink-0" />}
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
