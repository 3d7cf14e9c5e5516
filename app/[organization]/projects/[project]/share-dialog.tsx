'use client'

import { Share2, X } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { Share } from '@/lib/projects/sharing'
import { shareProject } from '../actions'
import { SharingFields } from '../project-fields'

type Props = {
  project: { id: string; version: number; visibility: string; defaultAccess: string; teamId: string | null; ownerName: string; ownerUserId: string; logReads: boolean }
  shares: Share[]
  teams: { id: string; name: string }[]
  members: { userId: string; name: string }[]
}

const LEVELS = [{ value: 'view', label: 'can see' }, { value: 'edit', label: 'can change tasks' }, { value: 'manage', label: 'can manage' }]

export function ShareDialog({ project, shares, teams, members }: Props) {
  const [open, setOpen] = useState(false)
  const toast = useToast()
  return (
    <Dialog title="Share project" description={`${project.ownerName} owns it and always keeps full access.`} size="lg" open={open} onOpenChange={setOpen} trigger={<Button isShort icon={<Share2 />}>Share</Button>}>
      <ActionForm action={shareProject} hidden={{ id: project.id, version: project.version }} className="flex flex-col gap-4" onDone={({ message }) => { setOpen(false); toast({ title: message ?? 'Saved.', tone: 'success' }) }}>
        {(form) => (
          <>
            <SharingFields form={form} teams={teams} initial={{ ...project, teamId: project.teamId ?? '' }} />
            {project.visibility === 'private' && <input type="hidden" name="defaultAccess" value={project.defaultAccess} />}
            <NamedShares initial={form.values('shares', shares.map(({ kind, id, access }) => `${kind}:${id}:${access}`))} teams={teams} members={members.filter(({ userId }) => userId !== project.ownerUserId)} error={form.error('shares')} />
            <label className="flex flex-col gap-1">
              <span className="font-medium">Record of reading</span>
              <Select name="logReads" defaultValue={form.value('logReads', String(project.logReads))} options={[{ value: 'false', label: 'Keep who changes tasks' }, { value: 'true', label: 'Keep who opens tasks too, and who was refused' }]} />
            </label>
            <DialogActions>
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton>Save sharing</SubmitButton>
            </DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}

function NamedShares({ initial, teams, members, error }: { initial: string[]; teams: Props['teams']; members: Props['members']; error?: string[] }) {
  const [rows, setRows] = useState(() => initial.map((share) => share.split(':') as [string, string, string]))
  const nameOf = (kind: string, id: string) => (kind === 'team' ? teams.find((team) => team.id === id)?.name : members.find(({ userId }) => userId === id)?.name) ?? 'Former member'
  const free = [...teams.map(({ id, name }) => ({ value: `team:${id}`, label: `${name} (team)` })), ...members.map(({ userId, name }) => ({ value: `user:${userId}`, label: name }))].filter(({ value }) => !rows.some(([kind, id]) => `${kind}:${id}` === value))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">Named people and teams</legend>
      {rows.map(([kind, id, access], index) => (
        <div key={`${kind}:${id}`} className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate">{nameOf(kind, id)}</span>
          <Select aria-label={`What ${nameOf(kind, id)} may do`} value={access} onChange={(event) => setRows(rows.map((row, at) => (at === index ? [kind, id, event.target.value] : row)))} options={LEVELS} className="w-auto" />
          <IconButton label={`Remove ${nameOf(kind, id)}`} icon={<X />} variant="ghost" onClick={() => setRows(rows.filter((_, at) => at !== index))} />
          <input type="hidden" name="shares" value={`${kind}:${id}:${access}`} />
        </div>
      ))}
      <Field label="Add a person or team" labelHidden error={error}>
        <Select
          value="" onChange={(event) => { const [kind, id] = event.target.value.split(':'); if (kind && id) setRows([...rows, [kind, id, 'edit']]) }}
          options={[{ value: '', label: free.length ? 'Add a person or team…' : 'Everybody is listed' }, ...free]}
        />
      </Field>
    </fieldset>
  )
}
