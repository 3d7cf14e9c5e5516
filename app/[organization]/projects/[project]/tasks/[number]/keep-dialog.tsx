'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { keepTemplate } from '../../../../templates/actions'

type Props = { task: { id: string; title: string }; open: boolean; setOpen: (open: boolean) => void }

export function KeepDialog({ task: { id, title }, open, setOpen }: Props) {
  const toast = useToast()
  return (
    <Dialog title="Keep as a template" description="Title, description, priority and estimate, of its subtasks too." open={open} onOpenChange={setOpen}>
      <ActionForm action={keepTemplate} hidden={{ taskId: id }} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Kept.', tone: 'success' }) }}>
        {(form) => (
          <>
            <Field label="Name" required error={form.error('name')}><Input name="name" defaultValue={form.value('name', title.slice(0, 120))} maxLength={120} autoComplete="off" /></Field>
            <Checkbox name="isShared" value="true" label="For the whole organization" hint="Everybody reads it then, also who does not see this project." defaultChecked={form.value('isShared') === 'true'} />
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Keep</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
