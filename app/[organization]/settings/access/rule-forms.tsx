'use client'

import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { JOIN_POLICIES, POLICY_WORDS, type JoinPolicy } from '@/lib/access/rules'
import { chooseJoinPolicy, listAddress, switchAddress } from './actions'

export function JoinPolicyForm({ policy }: { policy: JoinPolicy }) {
  const toast = useToast()
  return (
    <ActionForm action={chooseJoinPolicy} className="flex flex-col gap-3" onDone={({ message }) => toast({ title: message ?? 'Saved.', tone: 'success' })}>
      {(form) => (
        <>
          <fieldset className="flex flex-col gap-2">
            <legend className="sr-only">How people join</legend>
            {JOIN_POLICIES.map((key) => (
              <label key={key} className="flex items-start gap-2.5">
                <input type="radio" name="policy" value={key} defaultChecked={form.value('policy', policy) === key} className="mt-1 size-4 shrink-0" />
                <span>{POLICY_WORDS[key].label}<span className="block text-[0.8125rem] text-text-muted">{POLICY_WORDS[key].hint}</span></span>
              </label>
            ))}
          </fieldset>
          <div><SubmitButton variant="secondary">Save</SubmitButton></div>
        </>
      )}
    </ActionForm>
  )
}

export function ListAddressForm() {
  const toast = useToast()
  return (
    <ActionForm action={listAddress} className="grid items-start gap-3 sm:grid-cols-[1fr_10rem_auto]" onDone={({ message }) => toast({ title: message ?? 'Listed.', tone: 'success' })}>
      {(form) => (
        <>
          <Field label="Address or domain" required error={form.error('value')}><Input name="value" maxLength={320} placeholder="example.com" autoComplete="off" spellCheck={false} defaultValue={form.value('value')} /></Field>
          <Field label="Role" required error={form.error('role')}>
            <Select name="role" defaultValue={form.value('role', 'member')} options={[{ value: 'member', label: 'Member' }, { value: 'field', label: 'Field worker' }, { value: 'viewer', label: 'Viewer' }]} />
          </Field>
          <SubmitButton variant="secondary" className="sm:mt-7">List</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}

export function SwitchAddressButton({ id, value, isActive, admittedCount }: { id: string; value: string; isActive: boolean; admittedCount: number }) {
  const { run, pending } = useMemberAction(switchAddress, { quiet: true })
  const toast = useToast()
  async function change() {
    const state = await run({ id, isActive: String(!isActive) })
    if (state.status === 'refused') return state.message
    toast({ title: (state as { message?: string }).message ?? 'Saved.' })
  }
  if (isActive && admittedCount > 0) {
    const consequence = `${admittedCount === 1 ? 'One person joined by it and is' : `${admittedCount} people joined by it and are`} out on their next click. Switching it on again lets them back in.`
    return <ConfirmDialog title={`Switch off ${value}?`} consequence={consequence} confirmLabel="Switch off" action={change} trigger={<Button size="sm" variant="ghost" aria-label={`Switch off ${value}`}>Switch off</Button>} />
  }
  return <Button size="sm" variant="ghost" pending={pending} aria-label={`Switch ${isActive ? 'off' : 'on'} ${value}`} onClick={() => void change()}>Switch {isActive ? 'off' : 'on'}</Button>
}
