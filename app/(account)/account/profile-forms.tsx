'use client'

import { ActionForm } from '@/components/forms/action-form'
import { useBrowserTimezone } from '@/components/forms/timezone-input'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { changeEmail, saveProfile, sendVerification } from './actions'

const LOCALES = [{ value: 'en-GB', label: '22 Nov 2026, 14:05' }, { value: 'en-US', label: 'Nov 22, 2026, 2:05 PM' }, { value: 'iso', label: '2026-11-22 14:05' }]

/** A toast with what an action answered. */
export function useSaid() {
  const toast = useToast()
  return ({ message }: { message?: string }) => void toast({ title: message ?? 'Saved.', tone: 'success' })
}

export function ProfileForm({ name, timezone, timezones, locale }: { name: string; timezone: string; timezones: string[]; locale: string }) {
  const said = useSaid()
  const here = useBrowserTimezone()
  return (
    <ActionForm action={saveProfile} className="flex max-w-md flex-col gap-4" onDone={said}>
      {(form) => (
        <>
          <Field label="Name" required error={form.error('name')}><Input name="name" autoComplete="name" defaultValue={form.value('name', name)} maxLength={120} /></Field>
          <Field label="Time zone" required error={form.error('timezone')} hint={here && here !== timezone ? `This browser is in ${here}.` : undefined}>
            <Select name="timezone" defaultValue={form.value('timezone', timezone)} options={[{ value: '', label: 'That of each organization' }, ...timezones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))]} />
          </Field>
          <Field label="Dates are written" required error={form.error('locale')}><Select name="locale" defaultValue={form.value('locale', LOCALES.some(({ value }) => value === locale) ? locale : 'en-GB')} options={LOCALES} /></Field>
          <div><SubmitButton>Save</SubmitButton></div>
        </>
      )}
    </ActionForm>
  )
}

export function EmailForm() {
  const said = useSaid()
  return (
    <ActionForm action={changeEmail} className="flex max-w-md flex-col gap-4" onDone={said}>
      {(form) => (
        <>
          <Field label="Another address" required error={form.error('email')} hint="It is used once its link has been opened."><Input name="email" type="email" autoComplete="email" defaultValue={form.value('email')} maxLength={320} /></Field>
          <div><SubmitButton variant="secondary">Send the link</SubmitButton></div>
        </>
      )}
    </ActionForm>
  )
}

export function VerifyButton() {
  const said = useSaid()
  const { run, pending } = useMemberAction(sendVerification)
  return <Button size="sm" pending={pending} onClick={async () => { const state = await run({}); if (state.status === 'ok') said(state) }}>Send a link to confirm it</Button>
}
