'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { endApiKey, renewApiKey } from './actions'
import { KeyShownOnce } from './key-shown-once'

const OVERLAPS = [{ value: '0', label: 'It stops at once' }, { value: '1', label: '1 hour' }, { value: '4', label: '4 hours' }, { value: '12', label: '12 hours' }, { value: '24', label: '24 hours' }]

/** Stays when the key has been rotated (`isOpen` no longer): it shows the new one, once. */
export function RotateButton({ id, name, isOpen }: { id: string; name: string; isOpen: boolean }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const change = (next: boolean) => {
    setOpen(next)
    if (!next) setText(null)
  }
  return (
    <Dialog
      title={text ? 'Your new key' : `Rotate ${name}?`} description={text ? undefined : 'A new key with the same rights takes its place.'} isPinned={text !== null}
      open={open} onOpenChange={change} trigger={isOpen ? <Button size="sm" variant="ghost" aria-label={`Rotate ${name}`}>Rotate</Button> : undefined}
    >
      {text ? <KeyShownOnce text={text} done={() => change(false)} /> : (
        <ActionForm action={renewApiKey} hidden={{ id }} className="flex flex-col gap-4" onDone={({ data }) => setText((data as { text: string }).text)}>
          {(form) => (
            <>
              <Field label="How long the old one goes on" required error={form.error('overlapHours')}><Select name="overlapHours" defaultValue={form.value('overlapHours', '1')} options={OVERLAPS} /></Field>
              <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Rotate</SubmitButton></DialogActions>
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  )
}

export function RevokeButton({ id, name }: { id: string; name: string }) {
  const { run } = useMemberAction(endApiKey, { quiet: true })
  const toast = useToast()
  async function revoke() {
    const state = await run({ id })
    if (state.status === 'refused') return state.message
    toast({ title: 'The key is revoked.' })
  }
  return <ConfirmDialog title={`Revoke ${name}?`} consequence="Its next call is refused. What uses it stops working." confirmLabel="Revoke" action={revoke} trigger={<Button size="sm" variant="ghost" aria-label={`Revoke ${name}`}>Revoke</Button>} />
}
