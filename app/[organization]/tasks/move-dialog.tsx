'use client'

import { useCallback, useState } from 'react'
import { moveTask } from '@/app/[organization]/tasks/actions'
import { useMemberAction } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { STATUS_LABELS, type Status } from '@/lib/tasks/rules'

export type Movable = { id: string; title: string; status: string; version: number }
type Wish = { task: Movable; to: Status; show?: () => void }

const QUESTIONS: Partial<Record<Status, { name: 'note' | 'summary'; label: string; max: number; button: string }>> = {
  blocked: { name: 'note', label: 'What blocks it?', max: 1000, button: 'Mark blocked' },
  done: { name: 'summary', label: 'What was done?', max: 4000, button: 'Complete' },
}

/** Moves tasks from anywhere on a page: asks for a reason, a summary or a confirmation where the move needs one. */
export function useMoveTask() {
  const { run, pending } = useMemberAction(moveTask, { quiet: true })
  const toast = useToast()
  const [wish, setWish] = useState<Wish | null>(null)
  const [text, setText] = useState('')
  const [testingNotes, setTestingNotes] = useState('')
  const [refusal, setRefusal] = useState<{ message: string; confirms?: boolean } | null>(null)

  const send = useCallback(
    async ({ task, to, show }: Wish, extra: Record<string, unknown> = {}) => {
      const state = await run({ id: task.id, version: task.version, to, ...extra }, show)
      if (state.status === 'ok') {
        setWish(null)
        toast({ title: `${task.title}: ${STATUS_LABELS[to]}`, tone: 'success' })
        return
      }
      if (state.status !== 'refused') return
      const asks = state.code === 'confirm_cancel_subtasks'
      if (asks || extra.note !== undefined || extra.summary !== undefined) {
        setWish({ task, to, show })
        setRefusal({ message: state.message, confirms: asks })
      } else {
        toast({ title: state.message, tone: 'danger' })
      }
    },
    [run, toast],
  )

  const move = useCallback(
    (task: Movable, to: Status, show?: () => void) => {
      setText('')
      setTestingNotes('')
      setRefusal(null)
      if (QUESTIONS[to]) setWish({ task, to, show })
      else void send({ task, to, show })
    },
    [send],
  )

  const question = wish ? QUESTIONS[wish.to] : undefined
  const dialog = (
    <Dialog open={wish !== null} onOpenChange={(open) => !open && setWish(null)} title={wish ? `${STATUS_LABELS[wish.to]}: ${wish.task.title}` : ''}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (wish) void send(wish, question ? { [question.name]: text, ...(wish.to === 'done' && testingNotes.trim() ? { testingNotes } : {}) } : { cancelSubtasks: 'true' })
        }}
      >
        <FormMessage tone={refusal?.confirms ? 'warning' : 'danger'}>{refusal?.message}</FormMessage>
        {question && (
          <Field label={question.label} required>
            <Textarea value={text} onChange={(event) => setText(event.target.value)} rows={4} maxLength={question.max} />
          </Field>
        )}
        {wish?.to === 'done' && (
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
    </Dialog>
  )
  return { move, dialog, pending }
}
