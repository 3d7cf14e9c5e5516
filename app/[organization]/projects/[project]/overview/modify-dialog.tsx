'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import type { Suggestion } from '@/lib/suggestions/suggestions'
import { acceptSuggestion } from '../../suggestion-actions'

type Props = { suggestion: Suggestion; mayGoals: boolean; open: boolean; setOpen: (open: boolean) => void }

export function ModifyDialog({ suggestion: { id, kind, title, description }, mayGoals, open, setOpen }: Props) {
  const toast = useToast()
  return (
    <Dialog title="Modify the suggestion" open={open} onOpenChange={setOpen}>
      <ActionForm action={acceptSuggestion} hidden={{ id }} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Made.', tone: 'success' }) }}>
        {(form) => (
          <>
            <Field label="Title" required error={form.error('title')}><Input name="title" defaultValue={form.value('title', title)} maxLength={200} autoComplete="off" /></Field>
            <Field label="Description" error={form.error('description')}><Textarea name="description" rows={3} maxLength={2000} defaultValue={form.value('description', description)} /></Field>
            {mayGoals && <Field label="Kind" required error={form.error('kind')}><Select name="kind" defaultValue={form.value('kind', kind)} options={[{ value: 'task', label: 'Task' }, { value: 'goal', label: 'Goal' }]} /></Field>}
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Accept it so</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
