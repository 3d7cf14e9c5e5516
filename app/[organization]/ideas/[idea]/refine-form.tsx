'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useToast } from '@/components/ui/toast'
import { QUESTIONS } from '@/lib/ideas/rules'
import { judgeIdea } from '../actions'

export function RefineForm({ idea: { id, version }, answers }: { idea: { id: string; version: number }; answers: string[] }) {
  const toast = useToast()
  return (
    <Card aria-label="Questions">
      <CardHeader title="Four questions" />
      <CardBody>
        <ActionForm action={judgeIdea} hidden={{ id, version }} className="flex flex-col gap-4" onDone={({ message }) => toast({ title: message ?? 'Judged.', tone: 'success' })}>
          {(form) => (
            <>
              {QUESTIONS.map((question, at) => <Field key={question} label={question} required error={form.error(`answer${at + 1}`)}>
                <Textarea name={`answer${at + 1}`} rows={2} maxLength={4000} defaultValue={form.value(`answer${at + 1}`, answers[at])} />
              </Field>)}
              <div><SubmitButton>Judge the idea</SubmitButton></div>
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  )
}
