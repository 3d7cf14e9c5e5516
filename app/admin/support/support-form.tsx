'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { SUPPORT_MINUTES, SUPPORT_MODES } from '@/lib/support/schema'
import { askForSupport } from './actions'

export function SupportForm({ organization }: { organization: string }) {
  const [mode, setMode] = useState('read_only')
  return (
    <ActionForm action={askForSupport} className="flex flex-col gap-4">
      {({ error, value, pending }) => (
        <>
          <Field label="Organization" required hint="Its address, such as fern-forge." error={error('organization')}><Input name="organization" defaultValue={value('organization', organization)} autoComplete="off" autoCapitalize="none" required maxLength={40} /></Field>
          <Field label="Reason" required hint="At least 10 characters." error={error('reason')}><Textarea name="reason" defaultValue={value('reason')} rows={3} required maxLength={1000} /></Field>
          <div className="grid gap-4 sm:grid-cols-3">
            <Field label="Ticket" error={error('reference')}><Input name="reference" defaultValue={value('reference')} maxLength={100} autoComplete="off" /></Field>
            <Field label="Minutes" required error={error('minutes')}><Input name="minutes" type="number" inputMode="numeric" min={SUPPORT_MINUTES.least} max={SUPPORT_MINUTES.most} defaultValue={value('minutes', String(SUPPORT_MINUTES.standard))} /></Field>
            <Field label="What for" required error={error('mode')}><Select name="mode" defaultValue={value('mode', mode)} onChange={(event) => setMode(event.target.value)} options={Object.entries(SUPPORT_MODES).map(([key, label]) => ({ value: key, label }))} /></Field>
          </div>
          {mode === 'read_write' && <Field label="Address once more" hint="Needed where no owner has to agree first." error={error('confirmation')}><Input name="confirmation" defaultValue={value('confirmation')} autoComplete="off" maxLength={40} /></Field>}
          <div><Button type="submit" variant="primary" pending={pending}>Come in</Button></div>
        </>
      )}
    </ActionForm>
  )
}
