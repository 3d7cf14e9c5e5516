'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { FormState } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { MultiSelect } from '@/components/ui/multi-select'
import { suggestLabels } from '@/lib/labels/suggestions'
import { addLabel } from '../labels/actions'
import type { TaskChoices } from './task-fields'

type Props = { form: FormState; labels: TaskChoices['labels']; initial?: string[]; words: { title: string; description: string } }

/** The labels of a task, and those that its words call for: one that is not there yet is made when it is taken. */
export function LabelField({ form, labels, initial, words }: Props) {
  const [chosen, setChosen] = useState(() => form.values('labels', initial))
  // Until the page has them.
  const [made, setMade] = useState<{ id: string; name: string }[]>([])
  const { run, pending } = useMemberAction(addLabel)
  const known = [...labels, ...made.filter(({ id }) => !labels.some((label) => label.id === id)).map((label) => ({ ...label, ownerUserId: null }))]
  const suggested = suggestLabels(words, known.filter(({ id }) => chosen.includes(id)).map(({ name }) => name.toLowerCase()))
  const find = (name: string) => known.find((label) => label.name.toLowerCase() === name)
  async function take(name: string) {
    const found = find(name)
    if (found) return setChosen([...chosen, found.id])
    const state = await run({ name })
    if (state.status !== 'ok' || !state.data) return
    const { id } = state.data
    setMade((before) => [...before, { id, name }])
    setChosen((before) => [...before, id])
  }
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Field label="Labels" error={form.error('labels')}>
        <MultiSelect name="labels" placeholder="None" value={chosen} onValueChange={setChosen} options={known.map(({ id, name, ownerUserId }) => ({ value: id, label: name, hint: ownerUserId ? 'mine' : undefined }))} />
      </Field>
      {suggested.length > 0 && (
        <div role="group" aria-label="Suggested labels" className="flex flex-wrap items-center gap-1">
          {suggested.map((name) => <Button key={name} size="sm" variant="ghost" icon={<Plus />} disabled={pending} onClick={() => void take(name)}><span>{name}{!find(name) && <span className="text-xs text-text-muted"> new</span>}</span></Button>)}
        </div>
      )}
    </div>
  )
}
