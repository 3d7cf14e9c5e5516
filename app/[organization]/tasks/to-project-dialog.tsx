'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { Losses } from '@/lib/tasks/move-to-project'
import { takeManyToProject, takeToProject } from './project-actions'

export type Target = { id: string; name: string; key: string }
type Props = { ids: string[]; what: string; targets: Target[]; /** Of one task, what it would leave behind; of many, nobody has looked. */ losses?: Losses; open: boolean; setOpen: (open: boolean) => void; onMoved?: () => void }

export function ToProjectDialog({ ids, what, targets, losses, open, setOpen, onMoved }: Props) {
  const toast = useToast()
  const [target, setTarget] = useState('')
  return (
    <Dialog title={`Move ${what} to another project`} open={open} onOpenChange={setOpen}>
      <ActionForm action={losses ? takeToProject : takeManyToProject} hidden={{}} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Moved.', tone: 'success' }); onMoved?.() }}>
        {(form) => (
          <>
            {ids.map((id) => <input key={id} type="hidden" name="ids" value={id} />)}
            <Field label="Project" required error={form.error('projectId') ?? form.error('ids')} hint={targets.length === 0 ? 'There is no other active project that you may change.' : undefined}>
              <Select name="projectId" value={target} onChange={(event) => setTarget(event.target.value)} options={[{ value: '', label: 'Choose…' }, ...targets.map(({ id, name, key }) => ({ value: id, label: `${name} (${key})` }))]} />
            </Field>
            <div className="flex flex-col gap-2 text-[0.8125rem]">
              <p>{losses ? 'It gets' : 'They get'} a new number there; the old address leads to it. Comments, files, labels, people, reports and notes go along. Whoever does not see that project no longer sees {losses ? 'it' : 'them'}.</p>
              {losses ? <Left losses={losses} /> : <p>Subtasks go along. Workstream, goal and dependencies on tasks that stay are left behind.</p>}
            </div>
            <DialogActions>
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton disabled={targets.length === 0}>Move</SubmitButton>
            </DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}

function Left({ losses: { workstreams, goals, dependencies, subtaskCount, parent } }: { losses: Losses }) {
  const left: [string, string[]][] = [['Workstream', workstreams], ['Goal', goals], ['Dependencies', dependencies]]
  const lines = left.filter(([, names]) => names.length > 0)
  return (
    <>
      {subtaskCount > 0 && <p>{subtaskCount === 1 ? 'Its subtask goes' : `Its ${subtaskCount} subtasks go`} along.</p>}
      {parent && <p>It is a subtask of {parent} and becomes a task of its own.</p>}
      {lines.length > 0 && (
        <div>
          <p className="font-medium">Left behind:</p>
          <ul aria-label="Left behind" className="list-disc ps-5 wrap-anywhere">{lines.map(([name, names]) => <li key={name}>{name}: {names.join(', ')}</li>)}</ul>
        </div>
      )}
    </>
  )
}
