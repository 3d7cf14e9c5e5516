'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Conflict } from '@/components/forms/conflict'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { saveInstallation } from './actions'

const NAMES = { signUp: 'Sign-up', allowed: 'Who may come in', contact: 'Address to write to' }

type Props = { signUp: string; allowed: string[]; contact: string; version: number; environment: { signUp: string; allowed: string[]; sendsMail: boolean } }

export function SettingsForm({ signUp, allowed, contact, version, environment }: Props) {
  const toast = useToast()
  // What was read first stays the base, however often the page is refreshed, until it is saved.
  const [opened, setOpened] = useState(version)
  const says = environment.signUp === 'open' ? 'open' : 'closed'
  const hint = environment.signUp === 'closed' ? 'SIGN_UP=closed in the environment keeps it closed, whatever is chosen here.' : environment.sendsMail ? 'Whoever signs up confirms their address by mail.' : 'It stays closed while this installation sends no mail.'
  return (
    <ActionForm action={saveInstallation} className="flex flex-col gap-4" onDone={({ message, data }) => { if (data) setOpened(data.version); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
      {({ error, value, pending, current }) => (
        <>
          <input type="hidden" name="version" value={typeof current?.version === 'number' ? current.version : opened} />
          {current && <Conflict names={NAMES} current={{ ...current, allowed: (current.allowed as string[]).join('\n') }} typed={{ signUp: value('signUp'), allowed: value('allowed'), contact: value('contact') }} />}
          <Field label="Sign-up" required hint={hint} error={error('signUp')}>
            <Select name="signUp" defaultValue={value('signUp', signUp)} options={[{ value: '', label: `As the environment says: ${says}` }, { value: 'open', label: 'Open to everybody who may come in', disabled: environment.signUp === 'closed' }, { value: 'closed', label: 'Closed: by invitation only' }]} />
          </Field>
          <Field label="Who may come in" hint={<>Addresses and domains, one a line. Empty: everybody{environment.allowed.length > 0 && <> whom ALLOWED_ADDRESSES in the environment lists: {environment.allowed.slice(0, 10).join(', ')}{environment.allowed.length > 10 && ' …'}</>}. Whoever is not listed is out on their next request; super-admins stay.</>} error={error('allowed')}>
            <Textarea name="allowed" rows={5} defaultValue={value('allowed', allowed.join('\n'))} autoCapitalize="none" spellCheck={false} />
          </Field>
          <Field label="Address to write to" hint="Shown to members of a suspended organization." error={error('contact')}><Input name="contact" type="email" defaultValue={value('contact', contact)} maxLength={320} autoComplete="off" /></Field>
          <div><Button type="submit" variant="primary" pending={pending}>{current ? 'Save mine over theirs' : 'Save'}</Button></div>
        </>
      )}
    </ActionForm>
  )
}
