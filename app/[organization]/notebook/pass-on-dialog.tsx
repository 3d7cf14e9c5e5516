'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { passOn } from './actions'

type Props = { entryId: string; section: string; names: string[]; targets: { value: string; label: string }[]; open: boolean; setOpen: (open: boolean) => void }

export function PassOnDialog({ entryId, section, names, targets, open, setOpen }: Props) {
  const toast = useToast()
  return (
    <Dialog title={`Pass on from ${section}`} description="Whoever manages the level above decides. Until then nothing changes there." open={open} onOpenChange={setOpen}>
      <ActionForm action={passOn} hidden={{ entryId }} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Passed on.', tone: 'success' }) }}>
        {(form) => (
          <>
            <Field label="To" required error={form.error('toLevel')}><Select name="toLevel" defaultValue={form.value('toLevel', targets[0]?.value)} options={targets} /></Field>
            <fieldset>
              <legend className="mb-1.5 font-medium">What</legend>
              {names.map((name) => <Checkbox key={name} name="names" value={name} label={name} defaultChecked={form.values('names', names).includes(name)} />)}
              {form.error('names') && <p className="text-[0.8125rem] text-danger">{form.error('names')!.join(' ')}</p>}
            </fieldset>
            <Field label="Why it is of use there" required error={form.error('reason')}><Textarea name="reason" rows={2} maxLength={1000} defaultValue={form.value('reason')} /></Field>
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Pass on</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
