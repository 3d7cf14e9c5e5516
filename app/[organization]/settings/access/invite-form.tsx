'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyButton } from '@/components/ui/copy-button'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { inviteMember, withdrawInvitation } from './actions'

const ROLES = ['member', 'manager', 'admin', 'field', 'viewer']

export function InviteForm({ isOwner, sendsMail }: { isOwner: boolean; sendsMail: boolean }) {
  const [link, setLink] = useState<string | null>(null)
  const toast = useToast()
  const roles = [...ROLES, ...(isOwner ? ['owner'] : [])].map((value) => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }))
  return (
    <div className="flex flex-col gap-4">
      {link && (
        <FormMessage tone="success">
          Hand this link over yourself; it is not shown again.
          <span className="mt-2 flex flex-wrap items-center gap-2"><code className="min-w-0 font-mono text-xs break-all select-all">{link}</code><CopyButton text={link} /></span>
        </FormMessage>
      )}
      <ActionForm action={inviteMember} className="flex flex-col gap-4" onDone={({ data, message }) => { setLink((data as { link: string | null }).link); toast({ title: message ?? 'Invited.', tone: 'success' }) }}>
        {(form) => (
          <>
            <div className="grid gap-4 sm:grid-cols-[1fr_12rem]">
              <Field label="E-mail address" required error={form.error('email')}><Input name="email" type="email" autoComplete="off" maxLength={320} defaultValue={form.value('email')} /></Field>
              <Field label="Role" required error={form.error('role')}><Select name="role" defaultValue={form.value('role', 'member')} options={roles} /></Field>
            </div>
            <Field label="Message" error={form.error('message')}><Textarea name="message" rows={2} maxLength={500} defaultValue={form.value('message')} /></Field>
            {sendsMail
              ? <Field label="Delivery" required error={form.error('delivery')} hint="A link that you hand over does not confirm the address."><Select name="delivery" defaultValue={form.value('delivery', 'email')} options={[{ value: 'email', label: 'Send a mail' }, { value: 'link', label: 'Give me the link' }]} className="sm:max-w-60" /></Field>
              : <input type="hidden" name="delivery" value="link" />}
            <Checkbox name="skipOnboarding" value="true" label="Skip the set-up" hint="They land on their work at once." defaultChecked={form.value('skipOnboarding') === 'true'} />
            <div><SubmitButton>Invite</SubmitButton></div>
          </>
        )}
      </ActionForm>
    </div>
  )
}

export function WithdrawButton({ id, email }: { id: string; email: string }) {
  const { run, pending } = useMemberAction(withdrawInvitation)
  const toast = useToast()
  return <Button size="sm" variant="ghost" pending={pending} aria-label={`Withdraw the invitation of ${email}`} onClick={async () => { const state = await run({ id }); if (state.status === 'ok') toast({ title: state.message ?? 'Withdrawn.' }) }}>Withdraw</Button>
}
