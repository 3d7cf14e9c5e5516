'use client'

import { ActionForm } from '@/components/forms/action-form'
import { Badge } from '@/components/ui/badge'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { RelativeTime } from '@/components/ui/relative-time'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import type { Report } from '@/lib/tasks/progress'
import { report } from '../../../../tasks/dependency-actions'

type Props = { taskId: string; reports: Report[]; people: { userId: string; name: string }[]; mayReport: boolean; /** The percentage follows the subtasks. */ isDerived: boolean; progress: number; timeZone: string }

/** What was reported on the way, and the line for the next report. */
export function Reports({ taskId, reports, people, mayReport, isDerived, progress, timeZone }: Props) {
  if (reports.length === 0 && !mayReport) return null
  const names = new Map(people.map(({ userId, name }) => [userId, name]))
  return (
    <Card>
      <CardHeader title={`Progress (${reports.length})`} description={isDerived ? 'The percentage follows the subtasks.' : undefined} />
      <CardBody className="flex flex-col gap-4">
        {mayReport && (
          <ActionForm key={reports.length} action={report} hidden={{ taskId }} className="flex flex-col gap-3 sm:flex-row sm:items-start">
            {(form) => (
              <>
                <div className="min-w-0 flex-1"><Field label="How does it go?" required error={form.error('body')}><Textarea name="body" rows={2} maxLength={4000} defaultValue={form.value('body')} /></Field></div>
                {!isDerived && <div className="sm:w-28"><Field label="Percent" error={form.error('percent')}><Input name="percent" type="number" min={0} max={100} step={1} placeholder={String(progress)} defaultValue={form.value('percent')} /></Field></div>}
                <div className="sm:pt-6"><SubmitButton>Report</SubmitButton></div>
              </>
            )}
          </ActionForm>
        )}
        <ol aria-label="Reports" reversed className="divide-y empty:hidden">
          {reports.map(({ id, seq, body, percent, at, authorUserId, keyPrefix }) => (
            <li key={id} className="py-2.5">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.8125rem] text-text-muted">
                <span className="tabular-nums">#{seq}</span> <span className="font-medium text-text">{names.get(authorUserId) ?? 'Former member'}</span> {keyPrefix && <span>by API key {keyPrefix}</span>} <RelativeTime iso={at.toISOString()} timeZone={timeZone} /> {percent !== null && <Badge tone="accent">{percent} %</Badge>}
              </p>
              <p className="whitespace-pre-wrap wrap-anywhere">{body}</p>
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  )
}
