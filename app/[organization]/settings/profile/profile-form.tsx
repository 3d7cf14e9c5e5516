'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { saveOrganization } from './actions'

type Initial = { name: string; slug: string; timezone: string; currency: string; colour: string }

export function ProfileForm({ initial, keyCount, timezones, currencies }: { initial: Initial; keyCount: number; timezones: string[]; currencies: string[] }) {
  const toast = useToast()
  const zones = timezones.includes(initial.timezone) ? timezones : [initial.timezone, ...timezones]
  return (
    <ActionForm
      action={saveOrganization}
      className="flex flex-col gap-4"
      onDone={({ message }) => toast({ title: message ?? 'Saved.', tone: 'success' })}
    >
      {(form) => (
        <>
          <Field label="Name" required error={form.error('name')}><Input name="name" maxLength={120} defaultValue={form.value('name', initial.name)} /></Field>
          <Field
            label="Address" required error={form.error('slug')}
            hint={`The first part of every link to this organization. The old address leads its members and their programs on for 90 days.${keyCount > 0
              ? ` ${keyCount === 1 ? 'One API key is' : `${keyCount.toLocaleString('en')} API keys are`} active: tell those who run them.`
              : ''}`}
          >
            <Input name="slug" maxLength={40} spellCheck={false} autoComplete="off" className="font-mono" defaultValue={form.value('slug', initial.slug)} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Time zone" required error={form.error('timezone')}><Select name="timezone" defaultValue={form.value('timezone', initial.timezone)} options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))} /></Field>
            <Field label="Currency" required error={form.error('currency')}><Select name="currency" defaultValue={form.value('currency', initial.currency)} options={currencies.map((value) => ({ value, label: value }))} /></Field>
          </div>
          <Field label="Colour" required error={form.error('colour')} hint="Shown on every page, above the name."><Input name="colour" type="color" className="h-9 w-20 p-1" defaultValue={form.value('colour', initial.colour)} /></Field>
          <div><SubmitButton>Save</SubmitButton></div>
        </>
      )}
    </ActionForm>
  )
}
