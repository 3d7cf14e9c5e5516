'use client'

import { useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { useNavigate } from '@/components/shell/use-navigate'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import type { TemplateKind } from '@/lib/templates/schema'
import { applyTemplate } from './actions'

type Props = { template: { id: string; name: string; kind: TemplateKind; count: number }; projects: { value: string; label: string }[] }

export function ApplyDialog({ template: { id, name, kind, count }, projects }: Props) {
  const [open, setOpen] = useState(false)
  const { navigate } = useNavigate()
  const toast = useToast()
  const consequence = kind === 'checklist' ? `It makes a task called ${name} with ${count === 1 ? 'one subtask' : `${count} subtasks`}.` : count === 1 ? 'It makes one task.' : `It makes ${count} tasks, subtasks among them.`
  return (
    <Dialog title={`Use ${name}`} description={consequence} open={open} onOpenChange={setOpen} trigger={<Button aria-label={`Use ${name}`}>Use…</Button>}>
      <ActionForm action={applyTemplate} hidden={{ id }} className="flex flex-col gap-4" onDone={({ message, data }) => {
        setOpen(false)
        toast({ title: message ?? 'Made.', tone: 'success', action: data && { label: 'Open', onClick: () => navigate(data.path) } })
      }}>
        {(form) => (
          <>
            <Field label="Project" required error={form.error('projectId')}><Select name="projectId" defaultValue={form.value('projectId', projects[0]?.value)} options={projects} /></Field>
            <DialogActions><DialogClose render={<Button>Cancel</Button>} /><SubmitButton>Make tasks</SubmitButton></DialogActions>
          </>
        )}
      </ActionForm>
    </Dialog>
  )
}
