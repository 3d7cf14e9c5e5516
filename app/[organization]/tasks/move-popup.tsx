'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Textarea } from '@/components/ui/textarea'
import { STATUS_LABELS, type Status } from '@/lib/tasks/rules'
import { QUESTIONS, type Wish } from './move-dialog'

type Props = { open: boolean; wish: Wish | null; refusal: { message: string; confirms?: boolean } | null; pending: boolean; onClose: () => void; send: (wish: Wish, extra: Record<string, unknown>) => void }

/** Asks for what a move needs: a reason, a summary, or a confirmation. */
export function MovePopup({ open, wish, refusal, pending, onClose, send }: Props) {
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={wish ? `${STATUS_LABELS[wish.to]}: ${wish.task.title}` : ''}>
      {wish && <MoveForm key={`${wish.task.id} ${wish.to}`} wish={wish} refusal={refusal} pending={pending} send={send} />}
    </Dialog>
  )
}

function MoveForm({ wish, refusal, pending, send }: Omit<Props, 'open' | 'onClose' | 'wish'> & { wish: Wish }) {
  const [text, setText] = useState('')
  const [testingNotes, setTestingNotes] = useState('')
  const question: (typeof QUESTIONS)[Status] = QUESTIONS[wish.to]
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        send(wish, question ? { [question.name]: text, ...(wish.to === 'done' && testingNotes.trim() ? { testingNotes } : {}) } : { cancelSubtasks: 'true' })
      }}
    >
      <FormMessage tone={refusal?.confirms ? 'warning' : 'danger'}>{refusal?.message}</FormMessage>
      {question && (
        <Field label={question.label} required>
          <Textarea value={text} onChange={(event) => setText(event.target.value)} rows={4} maxLength={question.max} />
        </Field>
      )}
      {wish.to === 'done' && (
        <Field label="How was it tested?" hint="For whoever asks later; may stay empty.">
          <Textarea value={testingNotes} onChange={(event) => setTestingNotes(event.target.value)} rows={2} maxLength={4000} />
        </Field>
      )}
      <DialogActions>
        <DialogClose render={<Button>Back</Button>} />
        <Button type="submit" variant="primary" pending={pending} disabled={question ? text.trim() === '' : false}>
          {question?.button ?? 'Cancel them all'}
        </Button>
      </DialogActions>
    </form>
  )
}
