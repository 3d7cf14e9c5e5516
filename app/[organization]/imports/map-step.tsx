'use client'

import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { DialogTarget } from '@/lib/imports/dialog-target'
import type { Uploaded } from '@/lib/imports/imports'
import type { Mapping } from '@/lib/imports/schema'
import { DAY_FORMAT_NAMES, DAY_FORMATS, type DayFormat, dayFormatsOf } from '@/lib/imports/values'
import { startCheck } from './actions'
import { ValueMap } from './value-map'

type Props = { target: DialogTarget; uploaded: Uploaded; mapping: Mapping; onBack: () => void; onDone: (mapping: Mapping, job: string) => void }

export function MapStep({ target, uploaded, mapping: first, onBack, onDone }: Props) {
  const { columns, rowCount, duplicates } = uploaded.preview
  const [mapping, setMapping] = useState(first)
  const [refusal, setRefusal] = useState<{ message: string; code: string; fields: Record<string, string[]> } | null>(null)
  const [reason, setReason] = useState('')
  const { run, pending } = useMemberAction(startCheck, { quiet: true })
  const unused = columns.filter((_, at) => !Object.values(mapping.fields).includes(at)).map(({ header }) => header)

  function choose(field: string, text: string) {
    const { [field]: _, ...fields } = mapping.fields
    setMapping({ ...mapping, fields: text === '' ? fields : { ...fields, [field]: Number(text) } })
  }
  async function check() {
    const used = Object.fromEntries(Object.entries(mapping.values).filter(([field]) => field in mapping.fields))
    const state = await run({ id: uploaded.id, mapping: JSON.stringify({ ...mapping, values: used }), ...(reason && { reason }) })
    if (state.status === 'ok') onDone(mapping, state.data!.job)
    else if (state.status === 'refused') setRefusal(state)
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-text-muted">
        <strong className="font-medium text-text">{uploaded.fileName}</strong>: {rowCount.toLocaleString('en')} rows, {columns.length} columns, {uploaded.format.toUpperCase()}{uploaded.encoding ? `, ${uploaded.encoding.toUpperCase()}` : ''}.{uploaded.isRemembered && ' Read as the last file with these columns.'}
      </p>
      {duplicates.length > 0 && <FormMessage tone="warning">{`Two columns are called ${duplicates.join(', ')}: look which one is meant.`}</FormMessage>}
      <FormMessage>{refusal?.message}</FormMessage>
      <div className="flex flex-col gap-4">
        {target.fields.map((field) => {
          const at = mapping.fields[field.key]
          const column = at === undefined ? undefined : columns[at]
          return (
            <div key={field.key} className="grid gap-x-4 gap-y-1 border-b pb-3 last:border-0 sm:grid-cols-2">
              <Field label={field.label} required={field.required} hint={field.hint} error={refusal?.fields[field.key]}>
                <Select
                  value={at ?? ''} onChange={(event) => choose(field.key, event.target.value)}
                  options={[{ value: '', label: field.required ? 'Choose a column' : 'Not in the file' }, ...columns.map(({ header }, place) => ({ value: String(place), label: header }))]}
                />
              </Field>
              <p className="min-w-0 self-center text-[0.8125rem] wrap-anywhere text-text-muted">{column ? (column.samples.length ? column.samples.map((sample) => `“${sample}”`).join(', ') : 'This column is empty.') : ''}</p>
              {field.kind === 'day' && column && (
                <Field label={`How ${field.label.toLowerCase()} is written`} required hint={dayFormatsOf(column.days).length > 1 ? 'These days can be read in more than one way: look whether day or month comes first.' : undefined} className="sm:col-span-2">
                  <Select value={mapping.dayFormat} onChange={(event) => setMapping({ ...mapping, dayFormat: event.target.value as DayFormat })} options={DAY_FORMATS.map((value) => ({ value, label: DAY_FORMAT_NAMES[value] }))} />
                </Field>
              )}
              {field.kind === 'choice' && column && <ValueMap field={field} column={column} values={mapping.values[field.key] ?? {}} onChange={(values) => setMapping({ ...mapping, values: { ...mapping.values, [field.key]: values } })} />}
            </div>
          )
        })}
      </div>
      {unused.length > 0 && <p className="text-[0.8125rem] text-text-muted">Not brought in: {unused.join(', ')}.</p>}
      {refusal?.code === 'imported_before' && (
        <Field label="Why it is meant all the same" required>
          <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={300} />
        </Field>
      )}
      <DialogActions>
        <Button onClick={onBack}>Another file</Button>
        <Button variant="primary" pending={pending} onClick={() => void check()}>Try it</Button>
      </DialogActions>
    </div>
  )
}
