'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import { SUPPORT_POLICIES, type SupportPolicy } from '@/lib/support/schema'
import { chooseSupportPolicy } from './actions'

export function PolicyForm({ policy }: { policy: SupportPolicy }) {
  const toast = useToast()
  return (
    <ActionForm action={chooseSupportPolicy} onDone={({ message }) => toast({ title: message ?? 'Saved.', tone: 'success' })} className="flex flex-col gap-4">
      {({ value, pending }) => (
        <>
          <fieldset className="flex flex-col gap-2">
            <legend className="sr-only">How support comes in</legend>
            {(Object.keys(SUPPORT_POLICIES) as SupportPolicy[]).map((key) => (
              <label key={key} className="flex min-h-11 items-start gap-3 rounded-md border p-3 has-checked:border-accent has-checked:bg-accent-soft">
                <input type="radio" name="policy" value={key} defaultChecked={value('policy', policy) === key} className="mt-1 accent-accent" />
                <span><span className="font-medium">{SUPPORT_POLICIES[key].label}</span><span className="block text-[0.8125rem] text-text-muted">{SUPPORT_POLICIES[key].hint}</span></span>
              </label>
            ))}
          </fieldset>
          <div><Button type="submit" variant="primary" pending={pending}>Save</Button></div>
        </>
      )}
    </ActionForm>
  )
}
