'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm, type FormState } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { JsonObject } from '@/lib/notebook/merge'
import type { Level } from '@/lib/notebook/schema'
import { saveSection } from './actions'
import { SectionFields } from './section-fields'

type Place = { level: Level; id: string }
export type Editable = { section: string; data: JsonObject; inherits: boolean; version: number }

export function NewSectionDialog({ place }: { place: Place }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="primary" icon={<Plus />} onClick={() => setOpen(true)}>New section</Button>
      <SectionDialog place={place} open={open} setOpen={setOpen} />
    </>
  )
}

/** `entry` none: a new section. */
export function SectionDialog({ place, entry, open, setOpen }: { place: Place; entry?: Editable; open: boolean; setOpen: (open: boolean) => void }) {
  return (
    <Dialog title={entry ? `Edit ${entry.section}` : 'New section'} size="lg" open={open} onOpenChange={setOpen}>
      <SectionForm place={place} entry={entry} close={() => setOpen(false)} />
    </Dialog>
  )
}

function SectionForm({ place, entry, close }: { place: Place; entry?: Editable; close: () => void }) {
  const [opened] = useState(entry)
  const toast = useToast()
  const hidden: Record<string, string | number> = { level: place.level, placeId: place.level === 'organization' ? '' : place.id, ...(opened && { section: opened.section }) }
  return (
    <ActionForm action={saveSection} hidden={hidden} className="flex flex-col gap-4" onDone={({ message }) => { close(); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
      {(form) => (
        <>
          <input type="hidden" name="version" value={newest(form, opened)} />
          {form.current && <FormMessage>{`It says now: ${String(form.current.data).slice(0, 400)} · Save again to replace it with yours.`}</FormMessage>}
          {!opened && <Field label="Section" required hint="What the notes are about: stack, decisions, contacts." error={form.error('section')}><Input name="section" defaultValue={form.value('section')} maxLength={60} autoComplete="off" /></Field>}
          <SectionFields initial={form.value('data', JSON.stringify(opened?.data ?? {}, null, 2))} error={form.error('data')} />
          {place.level !== 'organization' && (
            <Checkbox name="inherits" value="true" label="Add to what the levels above say" hint="Left out, this section stands alone here." defaultChecked={form.value('inherits', String(opened?.inherits ?? true)) === 'true'} />
          )}
          {place.level === 'organization' && <input type="hidden" name="inherits" value="true" />}
          <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Save</SubmitButton></DialogActions>
        </>
      )}
    </ActionForm>
  )
}

// Who was overtaken has been shown what it says now, and writes over that.
const newest = (form: FormState, opened?: Editable) => Number(form.current?.version ?? opened?.version ?? 0)
