'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { makeOrganization } from './actions'

const KINDS = [{ value: 'company', label: 'Company' }, { value: 'team', label: 'Team' }, { value: 'household', label: 'Household' }, { value: 'personal', label: 'Personal' }]

export function NewOrganization({ plans }: { plans: { key: string; name: string }[] }) {
  const [made, setMade] = useState<{ id: string; link: string } | null>(null)
  const [open, setOpen] = useState(false)
  const router = useRouter()
  return (
    <Dialog title={made ? 'A link for its owner' : 'New organization'} isPinned={made !== null} open={open} onOpenChange={(next) => { setOpen(next); if (!next) setMade(null) }} trigger={<Button variant="primary" icon={<Plus />}>New organization</Button>}>
      {made ? (
        <div className="flex flex-col gap-4">
          <FormMessage tone="warning">Copy it now: it is not shown again. Whoever opens it within 7 days sets the owner’s password, so hand it to nobody else.</FormMessage>
          <p className="flex flex-wrap items-center gap-2"><code className="min-w-0 flex-1 rounded-md border bg-surface-sunken p-3 font-mono text-xs break-all select-all">{made.link}</code><CopyButton text={made.link} /></p>
          <div className="flex justify-end"><Button variant="primary" onClick={() => router.push(`/admin/organizations/${made.id}`)}>I have it</Button></div>
        </div>
      ) : (
        <ActionForm action={makeOrganization} className="flex flex-col gap-4" onDone={({ data }) => setMade(data as { id: string; link: string })}>
          {({ error, value, pending }) => (
            <>
              <Field label="Name" required hint="Its address and code are made from it." error={error('name')}><Input name="name" defaultValue={value('name')} maxLength={120} autoComplete="off" /></Field>
              <Field label="E-mail address of its owner" required hint="Who has no account gets one, and a link that sets its password." error={error('email')}><Input name="email" type="email" defaultValue={value('email')} maxLength={320} autoComplete="off" /></Field>
              <div className="grid gap-4 sm:grid-cols-2">
                <Field label="Kind" required error={error('kind')}><Select name="kind" defaultValue={value('kind', 'company')} options={KINDS} /></Field>
                <Field label="Plan" required error={error('plan')}><Select name="plan" defaultValue={value('plan')} options={[{ value: '', label: 'Trial, then free' }, ...plans.map(({ key, name }) => ({ value: key, label: name }))]} /></Field>
              </div>
              <DialogActions><DialogClose render={<Button>Cancel</Button>} /><Button type="submit" variant="primary" pending={pending}>Create organization</Button></DialogActions>
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  )
}
