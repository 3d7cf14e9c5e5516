'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { LABEL_COLOURS } from '@/lib/labels/rules'
import { addLabel, removeLabel } from './actions'

const COLOUR_NAMES = ['Blue', 'Teal', 'Violet', 'Amber', 'Rose', 'Olive', 'Red', 'Slate']

export function NewLabelDialog() {
  const [open, setOpen] = useState(false)
  const toast = useToast()
  return (
    <Dialog title="New label" open={open} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus />}>New label</Button>}>
      <ActionForm action={addLabel} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Created.', tone: 'success' }) }}>
        {(form) => (
          <>
            <Field label="Name" required error={form.error('name')}>
              <Input name="name" defaultValue={form.value('name')} maxLength={40} autoComplete="off" />
            </Field>
            <Field label="Colour" required error={form.error('colour')}>
              <Select name="colour" defaultValue={form.value('colour', LABEL_COLOURS[0])} options={LABEL_COLOURS.map((value, index) => ({ value, label: COLOUR_NAMES[index]! }))} />
            </Field>
            <Checkbox name="isPersonal" value="true" label="Only for me" hint="Nobody else sees it or what you mark with it." defaultChecked={form.value('isPersonal') === 'true'} />
            <DialogActions>
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton>Create label</SubmitButton>
            </DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}

export function DeleteLabelButton({ id, name }: { id: string; name: string }) {
  const { run } = useMemberAction(removeLabel, { quiet: true })
  const toast = useToast()
  async function remove() {
    const state = await run({ id })
    if (state.status === 'refused') return state.message
    toast({ title: `Label ${name} deleted.` })
  }
  return (
    <ConfirmDialog
      title={`Delete the label ${name}?`} consequence="It is taken off every task that carries it. The tasks stay." confirmLabel="Delete label" action={remove}
      trigger={<Button size="sm" variant="ghost" aria-label={`Delete ${name}`}>Delete</Button>}
    />
  )
}
