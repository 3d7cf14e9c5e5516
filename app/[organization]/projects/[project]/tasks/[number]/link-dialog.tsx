'use client'

import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { RELATIONS, RELATION_WORDS } from '@/lib/links/rules'
import { linkTask } from '../../../../tasks/link-actions'
import { NOTHING_PICKED, TaskPicker } from './task-picker'

// Each relation is offered from both of its ends.
const WAYS = [0, 1].flatMap((end) => RELATIONS.map((relation) => ({ value: `${relation}:${end === 1}`, label: RELATION_WORDS[relation][end]! })))

export function LinkDialog({ taskId }: { taskId: string }) {
  const [open, setOpen] = useState(false)
  const [way, setWay] = useState(WAYS[0]!.value)
  const [picked, setPicked] = useState(NOTHING_PICKED)
  const toast = useToast()
  const [relation, isReversed] = way.split(':') as [string, string]
  return (
    <Dialog title="Link another task" open={open} onOpenChange={setOpen} trigger={<Button size="sm" icon={<Link2 />}>Link a task</Button>}>
      <ActionForm action={linkTask} hidden={{ taskId, relation, isReversed }} className="flex flex-col gap-4" onDone={() => { setOpen(false); setPicked(NOTHING_PICKED); toast({ title: 'Linked.', tone: 'success' }) }}>
        {(form) => (
          <>
            <Field label="Relation" required error={form.error('relation')}>
              <Select value={way} onChange={(event) => setWay(event.target.value)} options={WAYS} />
            </Field>
            <TaskPicker name="otherId" leftOut={taskId} picked={picked} setPicked={setPicked} error={form.error('otherId')} />
            <DialogActions>
              <DialogClose render={<Button>Cancel</Button>} />
              <SubmitButton>Link</SubmitButton>
            </DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
