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

type Answer = { rows: InvitedRow[]; sent: FormData | null; round: number }
type Props = { isOwner: boolean; planHref: string | null; sendsMail: boolean; teams: { id: string; name: string }[] }

export function InviteForm({ isOwner, planHref, sendsMail, teams }: Props) {
  const [{ rows, sent, round }, setAnswer] = useState<Answer>({ rows: [], sent: null, round: 0 })
  const toast = useToast()
  const roles = [...ROLES, ...(isOwner ? ['owner'] : [])].map((value) => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }))
  // What could not be invited stays in the form, to be corrected or sent later, with all that was chosen for it.
  const left = rows.filter(({ outcome }) => isLeft(outcome)).map(({ text }) => text).join('\n')
  const first = (name: string, otherwise = '') => (left && sent ? String(sent.get(name) ?? '') : otherwise)
  return (
    <div className="flex flex-col gap-4">
      <InvitedRows rows={rows} planHref={planHref} />
      <ActionForm
        key={round} action={inviteMembers} className="flex flex-col gap-4"
        onDone={({ data, message }, form) => { setAnswer({ rows: (data as { rows: InvitedRow[] }).rows, sent: form, round: round + 1 }); toast({ title: message ?? 'Invited.', tone: 'success' }) }}
      >
        {(form) => (
          <>
            <Field label="E-mail addresses" required error={form.error('lines')} hint="One or many, up to 200. Lines of a table work too: address, role, team.">
              <Textarea name="lines" rows={3} autoComplete="off" spellCheck={false} defaultValue={form.value('lines', left)} />
            </Field>
            <div className="grid gap-4 sm:grid-cols-3">
              <Field label="Role" required error={form.error('role')}><Select name="role" defaultValue={form.value('role', first('role', 'member'))} options={roles} /></Field>
              <Field label="Days the link is good" required error={form.error('days')}><Input name="days" type="number" min={1} max={30} defaultValue={form.value('days', first('days', '7'))} /></Field>
              {sendsMail
                ? <Field label="Delivery" required error={form.error('delivery')} hint="A link that you hand over yourself does not confirm the address.">
                  <Select name="delivery" defaultValue={form.value('delivery', first('delivery', 'email'))} options={[{ value: 'email', label: 'Send a mail' }, { value: 'link', label: 'Give me the link' }]} />
                </Field>
                : <input type="hidden" name="delivery" value="link" />}
            </div>
            {teams.length > 0 && (
              <Field label="Teams" error={form.error('teamIds')}>
                <MultiSelect name="teamIds" options={teams.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={form.values('teamIds', left && sent ? sent.getAll('teamIds').map(String) : [])} placeholder="Choose teams…" />
              </Field>
            )}
            <Field label="Message" error={form.error('message')}><Textarea name="message" rows={2} maxLength={500} defaultValue={form.value('message', first('message'))} /></Field>
            <Checkbox
              name="skipOnboarding" value="true" label="Skip the welcome"
              hint="They are not asked for name, picture and time zone first: they land on their work at once."
              defaultChecked={form.value('skipOnboarding', first('skipOnboarding')) === 'true'}
            />
            <div className="flex flex-wrap items-center gap-3"><SubmitButton>Invite</SubmitButton></div>
          </>
        )}
      </ActionForm>
    </div>
  )
}
