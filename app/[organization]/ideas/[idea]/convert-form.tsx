'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { makeTasks } from '../actions'

type Props = { idea: { id: string; version: number; projectId: string | null }; lines: string[]; projects: { value: string; label: string }[] }

export function ConvertForm({ idea: { id, version, projectId }, lines, projects }: Props) {
  const toast = useToast()
  return (
    <Card aria-label="Make tasks">
      <CardHeader title="Make tasks of it" />
      <CardBody>
        <ActionForm action={makeTasks} hidden={{ id, version }} className="flex flex-col gap-4" onDone={({ message }) => toast({ title: message ?? 'Made.', tone: 'success' })}>
          {(form) => (
            <>
              <Field label="Tasks" required hint="One a line, 1 to 20." error={form.error('lines')}><Textarea name="lines" rows={5} maxLength={5000} defaultValue={form.value('lines', lines.join('\n'))} /></Field>
              <Field label="Project" required error={form.error('projectId')}><Select name="projectId" defaultValue={form.value('projectId', projectId ?? projects[0]?.value)} options={projects} /></Field>
              <div><SubmitButton>Make tasks</SubmitButton></div>
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  )
}
