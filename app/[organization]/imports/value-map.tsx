'use client'

import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { DialogTarget } from '@/lib/imports/dialog-target'
import type { PreviewColumn } from '@/lib/imports/preview'

type Props = { field: DialogTarget['fields'][number]; column: PreviewColumn; values: Record<string, string>; onChange: (values: Record<string, string>) => void }

/** What each word of a column means here. */
export function ValueMap({ field, column, values, onChange }: Props) {
  if (!column.values) return <p className="text-[0.8125rem] text-text-muted sm:col-span-2">This column holds too many different words to be a {field.label.toLowerCase()}. Rows whose word is none of ours will fail.</p>
  const choose = (word: string, ours: string) => {
    const { [word]: _, ...rest } = values
    onChange(ours ? { ...rest, [word]: ours } : rest)
  }
  return (
    <fieldset className="grid gap-2 rounded-md border p-3 sm:col-span-2 sm:grid-cols-2">
      <legend className="px-1 text-[0.8125rem] text-text-muted">{field.label} in the file, and here</legend>
      {column.values.map((word) => (
        <Field key={word} label={word} required>
          <Select value={values[word] ?? ''} onChange={(event) => choose(word, event.target.value)} options={[{ value: '', label: 'Nothing: such rows fail' }, ...(field.choices ?? [])]} />
        </Field>
      ))}
    </fieldset>
  )
}
