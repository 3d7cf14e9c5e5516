'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { addApiKey } from './actions'
import { KeyShownOnce } from './key-shown-once'

type Props = { groups: { name: string; permissions: { permission: string; text: string }[] }[]; projects: { id: string; name: string }[]; defaultRate: number }

const READ = ['organization:read', 'projects:read', 'workstreams:read', 'goals:read', 'tasks:read', 'contexts:read', 'ideas:read']
const TASKS = [...READ, 'tasks:create', 'tasks:update', 'tasks:move', 'comments:create', 'attachments:create']
const ASSISTANT = [...TASKS, 'mcp:execute', 'workstreams:manage', 'contexts:update', 'contexts:delegate', 'ideas:create']
// What a key may, without looking through every permission.
const PRESETS: Record<string, string[] | null> = { read: READ, tasks: TASKS, assistant: ASSISTANT, choose: null }
const PRESET_LABELS = [{ value: 'read', label: 'Read only' }, { value: 'tasks', label: 'Read and write tasks' }, { value: 'assistant', label: 'Work by tools, for an assistant (MCP)' }, { value: 'choose', label: 'Choose…' }]

export function NewKeyDialog({ groups, projects, defaultRate }: Props) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const [preset, setPreset] = useState('read')
  const offered = groups.flatMap(({ permissions }) => permissions.map(({ permission }) => permission))
  const change = (next: boolean) => {
    setOpen(next)
    if (next) return
    setText(null)
    setPreset('read')
  }
  return (
    <Dialog
      title={text ? 'Your new key' : 'New API key'}
      description={text ? undefined : 'It acts in your name, with the permissions you choose and never with more than you have then.'} size="lg" isPinned={text !== null}
      open={open} onOpenChange={change} trigger={<Button variant="primary" icon={<Plus />}>New key</Button>}
    >
      {text ? <KeyShownOnce text={text} done={() => change(false)} /> : (
        <ActionForm action={addApiKey} className="flex flex-col gap-4" onDone={({ data }) => setText((data as { text: string }).text)}>
          {(form) => (
            <>
              <Field label="Name" required error={form.error('name')} hint="What it is for."><Input name="name" maxLength={80} autoComplete="off" defaultValue={form.value('name')} /></Field>
              <div className="grid gap-4 sm:grid-cols-3">
                <Field label="Ends after (days)" required error={form.error('days')}><Input name="days" type="number" min={1} max={365} defaultValue={form.value('days', '30')} /></Field>
                <Field label="Calls an hour" required error={form.error('ratePerHour')}><Input name="ratePerHour" type="number" min={1} max={20000} defaultValue={form.value('ratePerHour', String(defaultRate))} /></Field>
                <Field label="Only in" required error={form.error('containerId')}>
                  <Select name="containerId" defaultValue={form.value('containerId')} options={[{ value: '', label: 'Everything I see' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]} />
                </Field>
              </div>
              <Field label="May" required><Select value={preset} onChange={(event) => setPreset(event.target.value)} options={PRESET_LABELS} /></Field>
              <FormMessage>{form.error('scopes')?.join(' ')}</FormMessage>
              {PRESETS[preset]?.filter((permission) => offered.includes(permission)).map((permission) => <input key={permission} type="hidden" name="scopes" value={permission} />)}
              {preset === 'choose' && groups.map(({ name, permissions }) => (
                <fieldset key={name} className="rounded-md border p-3">
                  <legend className="px-1 font-medium">{name}</legend>
                  <div className="grid gap-2 sm:grid-cols-2">
                    {permissions.map(({ permission, text: label }) => <Checkbox key={permission} name="scopes" value={permission} label={label} hint={permission} defaultChecked={form.values('scopes', ['organization:read']).includes(permission)} />)}
                  </div>
                </fieldset>
              ))}
              <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Make key</SubmitButton></DialogActions>
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  )
}
