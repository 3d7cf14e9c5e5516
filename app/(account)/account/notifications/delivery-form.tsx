'use client'

import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { muteOrganization, saveDelivery } from '../actions'
import { useSaid } from '../profile-forms'

const DIGESTS = [{ value: 'off', label: 'As it happens' }, { value: 'daily', label: 'Once a day, at 8' }, { value: 'weekly', label: 'Mondays at 8' }]

export function DeliveryForm({ quietFrom, quietTo, digest }: { quietFrom: string; quietTo: string; digest: string }) {
  const said = useSaid()
  return (
    <ActionForm action={saveDelivery} className="grid items-start gap-4 sm:grid-cols-[1fr_9rem_9rem_max-content]" onDone={said}>
      {(form) => (
        <>
          <Field label="Mail about your organizations" required error={form.error('digest')}><Select name="digest" defaultValue={form.value('digest', digest)} options={DIGESTS} /></Field>
          <Field label="Quiet from" error={form.error('quietFrom')}><Input name="quietFrom" type="time" defaultValue={form.value('quietFrom', quietFrom)} /></Field>
          <Field label="Quiet until" error={form.error('quietTo')}><Input name="quietTo" type="time" defaultValue={form.value('quietTo', quietTo)} /></Field>
          <SubmitButton variant="secondary" className="sm:mt-7">Save</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}

export function MuteSwitch({ slug, name, isMuted }: { slug: string; name: string; isMuted: boolean }) {
  const said = useSaid()
  const { run } = useMemberAction(muteOrganization)
  async function change(isOn: boolean) {
    const state = await run({ slug, isMuted: String(!isOn) })
    if (state.status === 'ok') said(state)
  }
  return <Checkbox name={`mail-${slug}`} label={name} defaultChecked={!isMuted} onChange={(event) => void change(event.target.checked)} />
}
