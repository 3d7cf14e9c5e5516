'use client'

import { ActionForm } from '@/components/forms/action-form'
import { useBrowserTimezone } from '@/components/forms/timezone-input'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { finishOnboarding } from '../../actions'

type WelcomeFormProps = { name: string; organizationName: string; timezone: string; timezones: string[]; isOwner: boolean }

export function WelcomeForm({ name, organizationName, timezone, timezones, isOwner }: WelcomeFormProps) {
  const here = useBrowserTimezone()
  const zone = timezone || here || 'UTC'
  return (
    <ActionForm action={finishOnboarding} className="flex flex-col gap-4" onDone={({ data }) => window.location.assign((data as { path: string }).path)}>
      {(form) => (
        <>
          <Field label="Your name here" required error={form.error('name')}><Input name="name" autoComplete="name" maxLength={120} defaultValue={form.value('name', name)} /></Field>
          {isOwner && <Field label="Name of the organization" required error={form.error('organizationName')}><Input name="organizationName" autoComplete="organization" maxLength={120} defaultValue={form.value('organizationName', organizationName)} /></Field>}
          <Field label="Time zone" required error={form.error('timezone')}>
            <Select key={zone} name="timezone" defaultValue={form.value('timezone', zone)} options={[...new Set(['UTC', ...timezones])].map((value) => ({ value, label: value.replaceAll('_', ' ') }))} />
          </Field>
          {isOwner && <Checkbox name="sampleData" value="true" label="Add a few sample tasks" hint="A project to look around in. Archive it when you have seen enough." defaultChecked={form.value('sampleData', 'true') === 'true'} />}
          <SubmitButton>Start</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}
