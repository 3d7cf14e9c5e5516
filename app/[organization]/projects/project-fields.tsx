'use client'

import { useState } from 'react'
import type { FormState } from '@/components/forms/action-form'
import { DateInput } from '@/components/ui/date-input'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Textarea } from '@/components/ui/textarea'
import { PROJECT_COLOURS } from '@/lib/projects/rules'

const COLOUR_NAMES = ['Blue', 'Teal', 'Violet', 'Amber', 'Rose', 'Olive', 'Sky', 'Red', 'Slate']

export function ProjectFields({ form, initial = {} }: { form: FormState; initial?: { name?: string; description?: string; colour?: string; startsOn?: string; targetOn?: string } }) {
  return (
    <>
      <Field label="Name" required error={form.error('name')}>
        <Input name="name" defaultValue={form.value('name', initial.name)} maxLength={120} autoComplete="off" />
      </Field>
      <Field label="Description" error={form.error('description')}>
        <Textarea name="description" rows={3} defaultValue={form.value('description', initial.description)} maxLength={5000} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Colour" required error={form.error('colour')}>
          <Select name="colour" defaultValue={form.value('colour', initial.colour ?? PROJECT_COLOURS[0])} options={PROJECT_COLOURS.map((value, index) => ({ value, label: COLOUR_NAMES[index]! }))} />
        </Field>
        <Field label="Start day" error={form.error('startsOn')}>
          <DateInput name="startsOn" defaultValue={form.value('startsOn', initial.startsOn)} />
        </Field>
        <Field label="Target day" error={form.error('targetOn')}>
          <DateInput name="targetOn" defaultValue={form.value('targetOn', initial.targetOn)} />
        </Field>
      </div>
    </>
  )
}

type Sharing = { visibility?: string; defaultAccess?: string; teamId?: string }

/** Who may see a project, said in words before it happens. */
export function SharingFields({ form, teams, initial = {} }: { form: FormState; teams: { id: string; name: string }[]; initial?: Sharing }) {
  const [visibility, setVisibility] = useState(form.value('visibility', initial.visibility ?? 'organization'))
  const meaning: Record<string, string> = {
    private: 'Only you and the people and teams you name. Not even owners of the organization see it.',
    team: 'The chosen team, the people you name, and owners and admins.',
    organization: 'Every member of the organization. Field members only where they are named.',
  }
  return (
    <>
      <Field label="Who may see it" required hint={meaning[visibility]} error={form.error('visibility')}>
        <Select
          name="visibility" value={visibility} onChange={(event) => setVisibility(event.target.value)}
          options={[{ value: 'organization', label: 'The organization' }, { value: 'team', label: 'A team', disabled: teams.length === 0 }, { value: 'private', label: 'Private' }]}
        />
      </Field>
      {visibility === 'team' && (
        <Field label="Team" required error={form.error('teamId')}>
          <Select name="teamId" defaultValue={form.value('teamId', initial.teamId)} options={[{ value: '', label: 'Choose a team' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]} />
        </Field>
      )}
      {visibility !== 'private' && (
        <Field label="They may" required error={form.error('defaultAccess')}>
          <Select name="defaultAccess" defaultValue={form.value('defaultAccess', initial.defaultAccess ?? 'edit')} options={[{ value: 'edit', label: 'See and change tasks' }, { value: 'view', label: 'See and comment' }]} />
        </Field>
      )}
    </>
  )
}
