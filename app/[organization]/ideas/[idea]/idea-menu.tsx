'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import type { IdeaStatus } from '@/lib/ideas/schema'
import { editIdea, putAwayIdea, takeUpIdea } from '../actions'

type Props = { idea: { id: string; version: number; title: string; body: string; status: IdeaStatus } }

export function IdeaMenu({ idea }: Props) {
  const { id, version, status } = idea
  const { run: take, pending } = useMemberAction(takeUpIdea)
  const { run: putAway } = useMemberAction(putAwayIdea, { quiet: true })
  const toast = useToast()
  if (status === 'converted' || status === 'archived') return null
  async function takeUp() {
    const state = await take({ id, version })
    if (state.status === 'ok') toast({ title: state.message ?? 'Taken up.', tone: 'success' })
  }
  return (
    <>
      <ConfirmDialog title="Archive this idea?" consequence="It leaves the list and the search. Nothing of it is deleted." confirmLabel="Archive" trigger={<Button variant="ghost">Archive…</Button>}
        action={async () => {
          const state = await putAway({ id, version })
          if (state.status === 'refused') return state.message
        }} />
      <EditDialog idea={idea} />
      {(status === 'draft' || status === 'rejected') && <Button variant="primary" pending={pending} onClick={() => void takeUp()}>{status === 'draft' ? 'Take it up' : 'Refine again'}</Button>}
    </>
  )
}

function EditDialog({ idea }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog title="Edit idea" size="lg" open={open} onOpenChange={setOpen} trigger={<Button>Edit</Button>}>
      <EditForm idea={idea} close={() => setOpen(false)} />
    </Dialog>
  )
}

function EditForm({ idea, close }: Props & { close: () => void }) {
  const [{ id, version, title, body }] = useState(idea)
  const toast = useToast()
  return (
    <ActionForm action={editIdea} hidden={{ id, version }} className="flex flex-col gap-4" onDone={({ message }) => { close(); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
      {(form) => (
        <>
          <Field label="Title" required error={form.error('title')}><Input name="title" defaultValue={form.value('title', title)} maxLength={200} autoComplete="off" /></Field>
          <Field label="What it is about" error={form.error('body')}><Textarea name="body" rows={6} maxLength={8000} defaultValue={form.value('body', body)} /></Field>
          <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Save</SubmitButton></DialogActions>
        </>
      )}
    </ActionForm>
  )
}
