'use client'

import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Field } from '@/components/ui/field'
import { MultiSelect } from '@/components/ui/multi-select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { addToTeam, changeTeamRole, takeFromTeam } from '../actions'

export function AddToTeamForm({ id, people }: { id: string; people: { userId: string; name: string }[] }) {
  const toast = useToast()
  return (
    <ActionForm action={addToTeam} hidden={{ id }} className="grid items-end gap-3 sm:grid-cols-[1fr_auto]" onDone={({ message }) => toast({ title: message ?? 'Added.', tone: 'success' })}>
      {(form) => (
        <>
          <Field label="Add people" required error={form.error('userIds')}><MultiSelect name="userIds" options={people.map(({ userId, name }) => ({ value: userId, label: name }))} defaultValue={form.values('userIds')} placeholder="Choose people…" /></Field>
          <SubmitButton variant="secondary">Add</SubmitButton>
        </>
      )}
    </ActionForm>
  )
}

export function TeamMemberButtons({ id, userId, name, isLead }: { id: string; userId: string; name: string; isLead: boolean }) {
  const appoint = useMemberAction(changeTeamRole)
  const take = useMemberAction(takeFromTeam, { quiet: true })
  const toast = useToast()
  async function change() {
    const state = await appoint.run({ id, userId, role: isLead ? 'member' : 'lead' })
    if (state.status === 'ok') toast({ title: `${name}: ${(state.message ?? 'changed').toLowerCase()}`, tone: 'success' })
  }
  async function remove() {
    const state = await take.run({ id, userId })
    if (state.status === 'refused') return state.message
    toast({ title: `${name} is no longer in the team.` })
  }
  return (
    <span className="flex gap-1">
      <Button size="sm" variant="ghost" pending={appoint.pending} aria-label={isLead ? `End lead of ${name}` : `Make lead: ${name}`} onClick={() => void change()}>{isLead ? 'End lead' : 'Make lead'}</Button>
      <ConfirmDialog
        title={`Take ${name} out of the team?`} consequence="What only this team sees is gone for them on their next click." confirmLabel="Take out" action={remove}
        trigger={<Button size="sm" variant="ghost" aria-label={`Take out ${name}`}>Take out</Button>}
      />
    </span>
  )
}
