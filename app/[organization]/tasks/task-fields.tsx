'use client'

import { useState } from 'react'
import type { FormState } from '@/components/forms/action-form'
import { DateInput } from '@/components/ui/date-input'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { MultiSelect } from '@/components/ui/multi-select'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { PRIORITIES, PRIORITY_LABELS } from '@/lib/tasks/rules'
import { LabelField } from './label-field'

export type TaskChoices = {
  members: { userId: string; name: string }[]
  labels: { id: string; name: string; colour: string; ownerUserId: string | null }[]
  /** Of the one project that the task is in; left out where that is not known yet. */
  workstreams?: { id: string; name: string }[]
  goals?: { id: string; name: string }[]
  /** Projects that tasks may be moved to. */
  targets?: { id: string; name: string; key: string }[]
}

type Initial = { title?: string; description?: string; priority?: string; dueOn?: string; estimate?: string; assignees?: string[]; reviewers?: string[]; labels?: string[]; workstreamId?: string; goalId?: string }

export function TaskFields({ form, choices, initial = {} }: { form: FormState; choices: TaskChoices; initial?: Initial }) {
  const [words, setWords] = useState({ title: form.value('title', initial.title), description: form.value('description', initial.description) })
  return (
    <>
      <Field label="Title" required error={form.error('title')}>
        <Input name="title" defaultValue={form.value('title', initial.title)} maxLength={200} autoComplete="off" onChange={({ target }) => setWords((before) => ({ ...before, title: target.value }))} />
      </Field>
      <Field label="Description" error={form.error('description')}>
        <Textarea name="description" rows={4} defaultValue={form.value('description', initial.description)} maxLength={2000} onChange={({ target }) => setWords((before) => ({ ...before, description: target.value }))} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Priority" required error={form.error('priority')}>
          <Select name="priority" defaultValue={form.value('priority', initial.priority ?? 'medium')} options={PRIORITIES.map((value) => ({ value, label: PRIORITY_LABELS[value] }))} />
        </Field>
        <Field label="Due" error={form.error('dueOn')}>
          <DateInput name="dueOn" defaultValue={form.value('dueOn', initial.dueOn)} min="1900-01-01" max="2100-12-31" />
        </Field>
        <Field label="Estimate" error={form.error('estimate')}>
          <Input name="estimate" placeholder="2h, 3d, medium" defaultValue={form.value('estimate', initial.estimate)} maxLength={60} autoComplete="off" />
        </Field>
      </div>
      {/* Nobody chosen is said too. */}
      <input type="hidden" name="reviewers" value="" />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Assigned to" error={form.error('assignees')}>
          <MultiSelect name="assignees" placeholder="Nobody" defaultValue={form.values('assignees', initial.assignees)} options={choices.members.map(({ userId, name }) => ({ value: userId, label: name }))} />
        </Field>
        <Field label="Reviewed by" error={form.error('reviewers')}>
          <MultiSelect name="reviewers" placeholder="Nobody" defaultValue={form.values('reviewers', initial.reviewers)} options={choices.members.map(({ userId, name }) => ({ value: userId, label: name }))} />
        </Field>
        <LabelField form={form} labels={choices.labels} initial={initial.labels} words={words} />
        <PlanField form={form} name="workstreamId" label="Workstream" choices={choices.workstreams} initial={initial.workstreamId} />
        <PlanField form={form} name="goalId" label="Goal" choices={choices.goals} initial={initial.goalId} />
      </div>
    </>
  )
}

function PlanField({ form, name, label, choices = [], initial }: { form: FormState; name: string; label: string; choices?: { id: string; name: string }[]; initial?: string }) {
  if (choices.length === 0) return null
  return (
    <Field label={label} error={form.error(name)}>
      <Select name={name} defaultValue={form.value(name, initial)} options={[{ value: '', label: 'None' }, ...choices.map((choice) => ({ value: choice.id, label: choice.name }))]} />
    </Field>
  )
}
