'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { ListKey } from '@/lib/views/schema'
import { saveView } from './actions'
import { ViewFields } from './view-fields'

type Props = { list: ListKey; query: string; mayShare: boolean; open: boolean; onClose: () => void }

export function SaveViewDialog({ list, query, mayShare, open, onClose }: Props) {
  const toast = useToast()
  return (
    <Dialog title="Save these filters" description={query ? 'As a view of this list, order included.' : 'No filter is set: this view will show everything.'} open={open} onOpenChange={(next) => !next && onClose()}>
      <ActionForm action={saveView} hidden={{ list, query }} className="flex flex-col gap-4" onDone={({ message }) => { onClose(); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
        {(form) => (
          <>
            <ViewFields form={form} mayShare={mayShare} />
            <DialogActions>
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton>Save view</SubmitButton>
            </DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
