'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { saveSecurity } from './actions'

export function SecurityForm({ sessionHours, domains }: { sessionHours: number | null; domains: string[] }) {
  const toast = useToast()
  return (
    <ActionForm action={saveSecurity} className="flex flex-col gap-4" onDone={({ message }) => toast({ title: message ?? 'Saved.', tone: 'success' })}>
      {(form) => (
        <>
          <Field label="Ask who it is every so many hours" error={form.error('sessionHours')} hint="1 to 720. Left empty, members go on as long as their session lasts.">
            <Input name="sessionHours" inputMode="numeric" maxLength={3} className="w-28" defaultValue={form.value('sessionHours', sessionHours === null ? '' : String(sessionHours))} />
          </Field>
          <Field label="E-mail domains that may come in" error={form.error('domains')} hint="One a line, such as example.com. Left empty, any address may be invited or join. Whoever is in already stays.">
            <Textarea name="domains" rows={4} spellCheck={false} className="font-mono" defaultValue={form.value('domains', domains.join('\n'))} />
          </Field>
          <div><SubmitButton>Save</SubmitButton></div>
        </>
      )}
    </ActionForm>
  )
}
