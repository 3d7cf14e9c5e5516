'use client'

import { FolderOutput, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { bulkEdit, trashTasks, untrashTasks } from '@/app/[organization]/tasks/actions'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { DateInput } from '@/components/ui/date-input'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { lazyComponent } from '@/components/ui/lazy-part'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { formatEstimate, LABELLED_MINUTES, PRIORITIES, PRIORITY_LABELS, STATUSES, STATUS_LABELS } from '@/lib/tasks/rules'
import type { TaskChoices } from './task-fields'

const ToProjectDialog = lazyComponent(() => import('./to-project-dialog').then((module) => module.ToProjectDialog))

type Refused = { id: string; title: string; reason: string }
const KEEP = { value: '', label: 'Leave as it is' }

type Props = { ids: string[]; choices: TaskChoices; select: (ids: string[]) => void }

export function BulkBar({ ids, choices, select }: Props) {
  const clear = () => select([])
  const edit = useMemberAction(bulkEdit, { quiet: true })
  const trash = useMemberAction(trashTasks)
  const untrash = useMemberAction(untrashTasks)
  const toast = useToast()
  const [open, setOpen] = useState(false)
  const [isMoving, setMoving] = useState(false)
  const [status, setStatus] = useState('')
  const [due, setDue] = useState('')
  const [problem, setProblem] = useState<{ text: string; confirms: boolean }>()
  const [refused, setRefused] = useState<Refused[]>([])

  async function submit(form: FormData) {
    setRefused([])
    const state = await edit.run(Object.fromEntries([...form.entries(), ['ids', ids], ...(problem?.confirms ? [['cancelSubtasks', 'true']] : [])]))
    if (state.status === 'refused') return setProblem({ text: state.message, confirms: state.code === 'confirm_cancel_subtasks' })
    if (state.status !== 'ok') return
    const { changed, refused: kept } = state.data as { changed: number; refused: Refused[] }
    toast({ title: changed === 0 ? 'Nothing was changed.' : `${changed} task${changed === 1 ? '' : 's'} changed.`, tone: changed ? 'success' : 'warning' })
    setProblem(undefined)
    setRefused(kept)
    // What could not be changed stays selected, so that the next try is for it alone.
    if (kept.length > 0 && changed > 0) select(kept.map(({ id }) => id))
    if (kept.length === 0) {
      setOpen(false)
      clear()
    }
  }
  async function remove() {
    const state = await trash.run({ ids })
    if (state.status !== 'ok') return
    clear()
    toast({ title: state.message ?? 'Deleted.', action: { label: 'Undo', onClick: () => void untrash.run({ ids }) } })
  }

  return (
    <div role="toolbar" aria-label="Selected tasks" className="popup sticky bottom-4 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg p-2">
      <span className="px-2 font-medium" role="status">{ids.length} selected</span>
      <Dialog title={`Change ${ids.length} task${ids.length === 1 ? '' : 's'}`} open={open} onOpenChange={(next) => { setOpen(next); setRefused([]); setProblem(undefined); setStatus(''); setDue('') }} trigger={<Button variant="primary">Change…</Button>}>
        <form onSubmit={(event) => { event.preventDefault(); void submit(new FormData(event.currentTarget)) }} className="flex flex-col gap-4">
          <FormMessage tone={problem?.confirms ? 'warning' : 'danger'}>{problem?.text}</FormMessage>
          {refused.length > 0 && (
            <FormMessage tone="warning">
              {refused.length} could not be changed:
              <ul className="mt-1 list-disc ps-5">{refused.map(({ id, title, reason }) => <li key={id}>{title}: {reason}</li>)}</ul>
            </FormMessage>
          )}
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Status" isUnmarked><Select name="status" value={status} onChange={(event) => { setStatus(event.target.value); setProblem(undefined) }} options={[KEEP, ...STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))]} /></Field>
            <Field label="Priority" isUnmarked><Select name="priority" options={[KEEP, ...PRIORITIES.map((value) => ({ value, label: PRIORITY_LABELS[value] }))]} /></Field>
            <Field label="Assign" isUnmarked><Select name="assignee" options={[KEEP, { value: 'nobody', label: 'Nobody' }, ...choices.members.map(({ userId, name }) => ({ value: userId, label: name }))]} /></Field>
            <Field label="Reviewed by" isUnmarked><Select name="reviewer" options={[KEEP, { value: 'nobody', label: 'Nobody' }, ...choices.members.map(({ userId, name }) => ({ value: userId, label: name }))]} /></Field>
            <Field label="Labels" isUnmarked><Select name="label" options={[KEEP, { value: 'none', label: 'Take all off' }, ...choices.labels.map(({ id, name }) => ({ value: id, label: `Add ${name}` }))]} /></Field>
            {choices.workstreams && choices.workstreams.length > 0 && (
              <Field label="Workstream" isUnmarked><Select name="workstream" options={[KEEP, { value: 'none', label: 'None' }, ...choices.workstreams.map(({ id, name }) => ({ value: id, label: name }))]} /></Field>
            )}
            <Field label="Estimate" isUnmarked><Select name="estimate" options={[KEEP, { value: 'none', label: 'None' }, ...Object.entries(LABELLED_MINUTES).map(([value, minutes]) => ({ value, label: formatEstimate(minutes) }))]} /></Field>
            <Field label="Due" isUnmarked><Select name={due === 'day' ? undefined : 'dueOn'} value={due} onChange={(event) => setDue(event.target.value)} options={[KEEP, { value: 'none', label: 'None' }, { value: 'day', label: 'A day…' }]} /></Field>
            {due === 'day' && <Field label="Due on" required><DateInput name="dueOn" required /></Field>}
          </div>
          {(status === 'done' || status === 'blocked') && (
            <Field label={status === 'done' ? 'What was done?' : 'What blocks them?'} required hint={status === 'done' ? 'Done is final: a task that is done is not taken up again.' : undefined}><Textarea name="note" rows={3} maxLength={4000} /></Field>
          )}
          <DialogActions>
            <DialogClose render={<Button>Close</Button>} />
            <Button type="submit" variant="primary" pending={edit.pending}>{problem?.confirms ? 'Cancel them all' : `Change ${ids.length}`}</Button>
          </DialogActions>
        </form>
      </Dialog>
      {choices.targets && choices.targets.length > 0 && <Button icon={<FolderOutput />} onClick={() => setMoving(true)}>Move…</Button>}
      <ToProjectDialog ids={ids} what={ids.length === 1 ? 'a task' : `${ids.length} tasks`} targets={choices.targets ?? []} open={isMoving} setOpen={setMoving} onMoved={clear} />
      <Button icon={<Trash2 />} onClick={() => void remove()} pending={trash.pending}>Delete</Button>
      <Button variant="ghost" icon={<X />} onClick={clear}>Clear selection</Button>
    </div>
  )
}
