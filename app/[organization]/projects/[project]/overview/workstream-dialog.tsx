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
import { useToast } from '@/components/ui/toast'
import { PRIORITIES, PRIORITY_LABELS } from '@/lib/tasks/rules'
import { WORKSTREAM_STATUSES } from '@/lib/workstreams/rules'
import { addWorkstream, editWorkstream } from '../../plan-actions'

type Editable = { id: string; version: number; name: string; description: string; gitBranch: string | null; priority: string; status: string }
type Props = { title: string; action: 'add' | 'edit'; open: boolean; setOpen: (open: boolean) => void; projectId?: string; workstream?: Editable }

const STATE_LABELS = { active: 'Active', paused: 'Paused', done: 'Done', archived: 'Archived' }

export function NewWorkstreamDialog({ projectId }: { projectId: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" icon={<Plus />} onClick={() => setOpen(true)}>New workstream</Button>
      <WorkstreamDialog title="New workstream" action="add" projectId={projectId} open={open} setOpen={setOpen} />
    </>
  )
}

export function WorkstreamDialog({ title, open, setOpen, ...form }: Props) {
  return (
    <Dialog title={title} open={open} onOpenChange={setOpen}>
      <WorkstreamForm {...form} close={() => setOpen(false)} />
    </Dialog>
  )
}

function WorkstreamForm({ action, projectId, workstream, close }: Pick<Props, 'action' | 'projectId' | 'workstream'> & { close: () => void }) {
  const [opened] = useState(workstream)
  const toast = useToast()
  const hidden: Record<string, string | number> = opened ? { id: opened.id, version: opened.version } : { projectId: projectId! }
  return (
    <ActionForm action={action === 'add' ? addWorkstream : editWorkstream} hidden={hidden} className="flex flex-col gap-4" onDone={({ message }) => { close(); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
      {(form) => (
        <>
          <Field label="Name" required error={form.error('name')}><Input name="name" defaultValue={form.value('name', opened?.name)} maxLength={120} autoComplete="off" /></Field>
          <Field label="Description" error={form.error('description')}><Textarea name="description" rows={2} maxLength={2000} defaultValue={form.value('description', opened?.description)} /></Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Priority" required error={form.error('priority')}><Select name="priority" defaultValue={form.value('priority', opened?.priority ?? 'medium')} options={PRIORITIES.map((value) => ({ value, label: PRIORITY_LABELS[value] }))} /></Field>
            {opened && <Field label="State" required error={form.error('status')}><Select name="status" defaultValue={form.value('status', opened.status)} options={WORKSTREAM_STATUSES.map((value) => ({ value, label: STATE_LABELS[value] }))} /></Field>}
          </div>
          <Field label="Git branch" hint="If the work happens in one." error={form.error('gitBranch')}>
            <Input name="gitBranch" defaultValue={form.value('gitBranch', opened?.gitBranch ?? '')} maxLength={200} autoComplete="off" spellCheck={false} className="font-mono" />
          </Field>
          <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>{action === 'add' ? 'Make workstream' : 'Save'}</SubmitButton></DialogActions>
        </>
      )}
    </ActionForm>
  )
}
