'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { DateInput } from '@/components/ui/date-input'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { addGoal, editGoal } from '../../plan-actions'

type Editable = { id: string; version: number; title: string; description: string; targetOn: string; progressMode: string; progress: number; status: string }
type Props = { title: string; action: 'add' | 'edit'; open: boolean; setOpen: (open: boolean) => void; projectId?: string; goal?: Editable }

const MODES = [{ value: 'derived', label: 'Follows its tasks' }, { value: 'manual', label: 'Is entered here' }]

export function NewGoalDialog({ projectId }: { projectId: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button size="sm" icon={<Plus />} onClick={() => setOpen(true)}>New goal</Button>
      <GoalDialog title="New goal" action="add" projectId={projectId} open={open} setOpen={setOpen} />
    </>
  )
}

export function GoalDialog({ title, action, open, setOpen, projectId, goal }: Props) {
  return (
    <Dialog title={title} open={open} onOpenChange={setOpen}>
      <GoalForm action={action} projectId={projectId} goal={goal} close={() => setOpen(false)} />
    </Dialog>
  )
}

function GoalForm({ action, projectId, goal, close }: Pick<Props, 'action' | 'projectId' | 'goal'> & { close: () => void }) {
  const [opened] = useState(goal)
  const [mode, setMode] = useState(goal?.progressMode ?? 'derived')
  const toast = useToast()
  const hidden: Record<string, string | number> = opened ? { id: opened.id, version: opened.version, status: opened.status } : { projectId: projectId! }
  return (
    <ActionForm action={action === 'add' ? addGoal : editGoal} hidden={hidden} className="flex flex-col gap-4" onDone={({ message }) => { close(); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
      {(form) => (
        <>
          <Field label="Title" required error={form.error('title')}><Input name="title" defaultValue={form.value('title', opened?.title)} maxLength={200} autoComplete="off" /></Field>
          <Field label="Description" error={form.error('description')}><Textarea name="description" rows={3} maxLength={2000} defaultValue={form.value('description', opened?.description)} /></Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Reached by" error={form.error('targetOn')}><DateInput name="targetOn" defaultValue={form.value('targetOn', opened?.targetOn)} min="1900-01-01" max="2100-12-31" /></Field>
            <Field label="Progress" required error={form.error('progressMode')}><Select name="progressMode" defaultValue={form.value('progressMode', mode)} onChange={(event) => setMode(event.target.value)} options={MODES} /></Field>
            {mode === 'manual' && <Field label="Percent" required error={form.error('progress')}><Input name="progress" type="number" min={0} max={100} step={1} defaultValue={form.value('progress', String(opened?.progress ?? 0))} /></Field>}
          </div>
          <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>{action === 'add' ? 'Set goal' : 'Save'}</SubmitButton></DialogActions>
        </>
      )}
    </ActionForm>
  )
}
