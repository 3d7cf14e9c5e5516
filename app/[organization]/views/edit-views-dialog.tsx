'use client'

import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { ListKey } from '@/lib/views/schema'
import type { View } from '@/lib/views/views'
import { editView, removeView, saveView } from './actions'
import { ViewFields } from './view-fields'

type Props = { list: ListKey; views: View[]; mayShare: boolean; open: boolean; onClose: () => void }

export function EditViewsDialog({ list, views, mayShare, open, onClose }: Props) {
  return (
    <Dialog title="My views" open={open} onOpenChange={(next) => !next && onClose()}>
      {views.length === 0 && <EmptyState title="No view left">Filter the list, then save the filters.</EmptyState>}
      <ul className="-my-4 divide-y">
        {views.map((view) => <li key={view.id} className="py-4"><ViewForm list={list} view={view} mayShare={mayShare} /></li>)}
      </ul>
    </Dialog>
  )
}

function ViewForm({ list, view, mayShare }: { list: ListKey; view: View; mayShare: boolean }) {
  const { run: remove, pending } = useMemberAction(removeView)
  const { run: putBack } = useMemberAction(saveView)
  const toast = useToast()
  const { id, name, query, isShared, isDefault } = view
  async function take() {
    const state = await remove({ id })
    if (state.status === 'ok') toast({ title: `View ${name} deleted.`, action: { label: 'Undo', onClick: () => void putBack({ list, name, query, isShared: String(isShared), isDefault: String(isDefault) }) } })
  }
  return (
    <ActionForm action={editView} hidden={{ id }} className="flex flex-col gap-3" onDone={({ message }) => toast({ title: message ?? 'Saved.', tone: 'success' })}>
      {(form) => (
        <>
          <ViewFields form={form} view={view} mayShare={mayShare} />
          <div className="flex justify-end gap-2">
            <Button variant="ghost" pending={pending} onClick={() => void take()} aria-label={`Delete ${name}`}>Delete</Button>
            <SubmitButton variant="secondary" aria-label={`Save ${name}`}>Save</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  )
}
