'use client'

import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm, type FormState } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MultiSelect } from '@/components/ui/multi-select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { addTeam, editTeam } from './actions'

function TeamFields({ form, name = '', description = '' }: { form: FormState; name?: string; description?: string }) {
  return (
    <>
      <Field label="Name" required error={form.error('name')}><Input name="name" defaultValue={form.value('name', name)} maxLength={120} autoComplete="off" /></Field>
      <Field label="Description" error={form.error('description')}><Textarea name="description" rows={2} maxLength={500} defaultValue={form.value('description', description)} /></Field>
    </>
  )
}

export function NewTeamDialog({ members }: { members: { userId: string; name: string }[] }) {
  const [open, setOpen] = useState(false)
  const toast = useToast()
  return (
    <Dialog title="New team" open={open} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus />}>New team</Button>}>
      <ActionForm action={addTeam} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Made.', tone: 'success' }) }}>
        {(form) => (
          <>
            <TeamFields form={form} />
            <Field label="Members" error={form.error('userIds')}><MultiSelect name="userIds" options={members.map(({ userId, name }) => ({ value: userId, label: name }))} defaultValue={form.values('userIds')} placeholder="Choose people…" /></Field>
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Make team</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}

export function EditTeamDialog({ team }: { team: { id: string; version: number; name: string; description: string } }) {
  const [open, setOpen] = useState(false)
  const toast = useToast()
  return (
    <Dialog title="Edit team" open={open} onOpenChange={setOpen} trigger={<Button icon={<Pencil />}>Edit</Button>}>
      <ActionForm action={editTeam} hidden={{ id: team.id, version: team.version }} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
        {(form) => (
          <>
            <TeamFields form={form} name={team.name} description={team.description} />
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Save</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
