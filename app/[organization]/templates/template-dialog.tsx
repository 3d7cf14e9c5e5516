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
import { KIND_LABELS, OUTLINE_MAX, TEMPLATE_KINDS, type TemplateKind } from '@/lib/templates/rules'
import { addTemplate, editTemplate } from './actions'

type Editable = { id: string; kind: TemplateKind; name: string; version: number; outline: string }

const MARKS = 'At the end of a line !high gives a priority and ~2h an estimate; a line with > describes the one above.'
const HINTS: Record<TemplateKind, string> = {
  task: `The task on the first line, its subtasks below, each with a dash. ${MARKS}`,
  checklist: `One item a line. They become subtasks. ${MARKS}`,
  workflow: `One task a line, subtasks with a dash. (after 1) lets a task wait for the first, (after 1, 2) for both. ${MARKS}`,
}
const SAMPLES: Record<TemplateKind, string> = {
  task: 'Prepare the release ~4h\n- Write the notes\n- Tell everybody',
  checklist: 'Lights off\nDoor locked\nAlarm on',
  workflow: 'Design ~1d\n- Sketch\nBuild ~3d (after 1)\nPublish !high (after 2)',
}

export function NewTemplateDialog({ kind = 'task', projects }: { kind?: TemplateKind; projects: { value: string; label: string }[] }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog title="New template" size="lg" open={open} onOpenChange={setOpen} trigger={<Button variant="primary" icon={<Plus />}>New template</Button>}>
      <TemplateForm initial={{ kind }} projects={projects} close={() => setOpen(false)} />
    </Dialog>
  )
}

export function EditTemplateDialog({ template, open, setOpen }: { template: Editable; open: boolean; setOpen: (open: boolean) => void }) {
  return <Dialog title="Edit template" size="lg" open={open} onOpenChange={setOpen}><TemplateForm initial={template} projects={[]} close={() => setOpen(false)} /></Dialog>
}

function TemplateForm({ initial, projects, close }: { initial: Partial<Editable> & { kind: TemplateKind }; projects: { value: string; label: string }[]; close: () => void }) {
  const [opened] = useState(initial)
  // For the hint alone. The field is not held by it: an answer resets a form to what its fields began with.
  const [kind, setKind] = useState(initial.kind)
  const toast = useToast()
  const hidden: Record<string, string | number> = opened.id ? { id: opened.id, version: opened.version!, kind } : {}
  return (
    <ActionForm action={opened.id ? editTemplate : addTemplate} hidden={hidden} className="flex flex-col gap-4" onDone={({ message }) => { close(); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
      {(form) => (
        <>
          <div className="grid gap-4 sm:grid-cols-[2fr_1fr]">
            <Field label="Name" required error={form.error('name')}><Input name="name" defaultValue={form.value('name', opened.name)} maxLength={120} autoComplete="off" /></Field>
            {!opened.id && (
              <Field label="Kind" required error={form.error('kind')}>
                <Select name="kind" defaultValue={form.value('kind', kind)} onChange={(event) => setKind(event.target.value as TemplateKind)} options={TEMPLATE_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))} />
              </Field>
            )}
          </div>
          <Field label="Tasks" required hint={HINTS[kind]} error={form.error('outline')}>
            <Textarea name="outline" rows={8} maxLength={OUTLINE_MAX} placeholder={SAMPLES[kind]} defaultValue={form.value('outline', opened.outline)} className="font-mono text-[0.8125rem]" spellCheck />
          </Field>
          {!opened.id && (
            <Field label="Read and used by" required error={form.error('projectId')}>
              <Select name="projectId" defaultValue={form.value('projectId')} options={[{ value: '', label: 'Everybody here' }, ...projects.map(({ value, label }) => ({ value, label: `Only in ${label}` }))]} />
            </Field>
          )}
          <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>{opened.id ? 'Save' : 'Make template'}</SubmitButton></DialogActions>
        </>
      )}
    </ActionForm>
  )
}
