'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { addIdea } from './actions'

export function NewIdeaDialog({ projects }: { projects: { id: string; name: string }[] }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog title="New idea" size="lg" open={open} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus />}>New idea</Button>}>
      <ActionForm action={addIdea} className="flex flex-col gap-4">
        {(form) => (
          <>
            <Field label="Title" required error={form.error('title')}><Input name="title" defaultValue={form.value('title')} maxLength={200} autoComplete="off" /></Field>
            <Field label="What it is about" hint="At least 30 words explain an idea." error={form.error('body')}><Textarea name="body" rows={6} maxLength={8000} defaultValue={form.value('body')} /></Field>
            <Field label="Project" hint="Without one, everybody sees it once it is taken up." error={form.error('projectId')}>
              <Select name="projectId" defaultValue={form.value('projectId')} options={[{ value: '', label: 'None' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]} />
            </Field>
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Write it down</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
