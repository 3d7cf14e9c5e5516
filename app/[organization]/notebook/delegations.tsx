'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { RelativeTime } from '@/components/ui/relative-time'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import type { Delegation } from '@/lib/notebook/delegations'
import { decide } from './actions'
import { ValueList } from './value-list'

const TONES = { pending: 'info', approved: 'success', rejected: 'danger' } as const
type Props = { delegations: (Delegation & { byName: string; isMine: boolean })[]; timeZone: string }

/** `isMine`: mine to decide. */
export function Delegations({ delegations, timeZone }: Props) {
  if (delegations.length === 0) return null
  return (
    <Card aria-labelledby="passed-on">
      <CardHeader title={<span id="passed-on">Passed on</span>} description="Pieces that are wished one level up." />
      <CardBody>
        <ul className="-my-2 divide-y">{delegations.map((one) => <Wish key={one.id} wish={one} timeZone={timeZone} />)}</ul>
      </CardBody>
    </Card>
  )
}

function Wish({ wish, timeZone }: { wish: Props['delegations'][number]; timeZone: string }) {
  const [rejecting, setRejecting] = useState(false)
  const { run, pending } = useMemberAction(decide)
  const toast = useToast()
  const { id, section, data, reason, status, fromLabel, toLabel, byName, createdAt, decisionNote, trigger, isMine } = wish
  async function approve() {
    const state = await run({ id, decision: 'approved' })
    if (state.status === 'ok') toast({ title: state.message ?? 'Approved.', tone: 'success' })
  }
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 wrap-anywhere"><strong className="font-medium">{section}</strong> from {fromLabel} to {toLabel}</p>
        <Badge tone={TONES[status as keyof typeof TONES]}>{status === 'pending' ? 'waiting' : status}</Badge>
      </div>
      <div className="rounded-md border bg-surface-sunken px-3 py-2"><ValueList values={Object.entries(data).map(([name, value]) => ({ path: [name], value }))} /></div>
      <p className="text-[0.8125rem] wrap-anywhere text-text-muted">{trigger === 'pattern' ? 'Found by comparing: ' : `${byName}: `}{reason} · <RelativeTime iso={createdAt.toISOString()} timeZone={timeZone} /></p>
      {decisionNote && <p className="text-[0.8125rem] wrap-anywhere"><strong className="font-medium">{status === 'rejected' ? 'Why not' : 'Note'}:</strong> {decisionNote}</p>}
      {status === 'pending' && isMine && (
        <div className="flex gap-2">
          <Button size="sm" variant="primary" disabled={pending} onClick={() => void approve()} aria-label={`Approve ${section} from ${fromLabel}`}>Approve</Button>
          <Button size="sm" onClick={() => setRejecting(true)} aria-label={`Reject ${section} from ${fromLabel}`}>Reject…</Button>
        </div>
      )}
      <Dialog title={`Reject ${section}?`} open={rejecting} onOpenChange={setRejecting}>
        <ActionForm action={decide} hidden={{ id, decision: 'rejected' }} className="flex flex-col gap-4" onDone={({ message }) => { setRejecting(false); toast({ title: message ?? 'Rejected.' }) }}>
          {(form) => (
            <>
              <Field label="Why not" required hint="Shown to whoever sees this project." error={form.error('note')}><Textarea name="note" rows={3} maxLength={1000} defaultValue={form.value('note')} /></Field>
              <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Reject</SubmitButton></DialogActions>
            </>
          )}
        </ActionForm>
      </Dialog>
    </li>
  )
}
