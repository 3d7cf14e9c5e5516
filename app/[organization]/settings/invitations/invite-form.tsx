'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MultiSelect } from '@/components/ui/multi-select'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import type { InvitedRow } from '@/lib/invitations/invite-many'
import { isLeft } from '@/lib/invitations/words'
import { inviteMembers } from './actions'
import { InvitedRows } from './invited-rows'

const ROLES = ['member', 'manager', 'admin', 'field', 'viewer']

type Props = { isOwner: boolean; sendsMail: boolean; teams: { id: string; name: string }[] }

export function InviteForm({ isOwner, sendsMail, teams }: Props) {
  const [rows, setRows] = useState<InvitedRow[]>([])
  const toast = useToast()
  const roles = [...ROLES, ...(isOwner ? ['owner'] : [])].map((value) => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }))
  // What could not be invited stays in the form, to be corrected or sent later.
  const left = rows.filter(({ outcome }) => isLeft(outcome)).map(({ text }) => text).join('\n')
  return (
    <div className="flex flex-col gap-4">
      <InvitedRows rows={rows} />
      <ActionForm key={left} action={inviteMembers} className="flex flex-col gap-4" onDone={({ data, message }) => { setRows((data as { rows: InvitedRow[] }).rows); toast({ title: message ?? 'Invited.', tone: 'success' }) }}>
        {(form) => (
          <>
            <Field label="E-mail addresses" required error={form.error('lines')} hint="One or many, up to 200. Lines of a table work too: address, role, team.">
              <Textarea name="lines" rows={3} autoComplete="off" spellCheck={false} defaultValue={form.value('lines', left)} />
            </Field>
            <div className="grid gap-4 sm:grid-cols-3">
              <Field label="Role" required error={form.error('role')}><Select name="role" defaultValue={form.value('role', 'member')} options={roles} /></Field>
              <Field label="Days the link is good" required error={form.error('days')}><Input name="days" type="number" min={1} max={30} defaultValue={form.value('days', '7')} /></Field>
              {sendsMail
                ? <Field label="Delivery" required error={form.error('delivery')}><Select name="delivery" defaultValue={form.value('delivery', 'email')} options={[{ value: 'email', label: 'Send a mail' }, { value: 'link', label: 'Give me the link' }]} /></Field>
                : <input type="hidden" name="delivery" value="link" />}
            </div>
            {teams.length > 0 && <Field label="Teams" error={form.error('teamIds')}><MultiSelect name="teamIds" options={teams.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={form.values('teamIds')} placeholder="Choose teams…" /></Field>}
            <Field label="Message" error={form.error('message')}><Textarea name="message" rows={2} maxLength={500} defaultValue={form.value('message')} /></Field>
            <Checkbox name="skipOnboarding" value="true" label="Skip the set-up" hint="They land on their work at once." defaultChecked={form.value('skipOnboarding') === 'true'} />
            <div className="flex flex-wrap items-center gap-3"><SubmitButton>Invite</SubmitButton>{sendsMail && <span className="text-[0.8125rem] text-text-muted">A link that you hand over does not confirm the address.</span>}</div>
          </>
        )}
      </ActionForm>
    </div>
  )
}
