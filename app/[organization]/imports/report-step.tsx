'use client'

import { useState } from 'react'
import { useOrganization } from '@/components/forms/organization'
import { useMemberAction } from '@/components/forms/use-member-action'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { DialogActions } from '@/components/ui/dialog-actions'
import { FormMessage } from '@/components/ui/form-message'
import type { Counts } from '@/lib/imports/batches'
import { startApply } from './actions'
import { ErrorLinks } from './error-links'

export type Report = { id: string; status: string; fileName: string; counts: Counts; made: Record<string, number>; failed: { line: number; column: string | null; message: string; /** What its first column says, to find it by. */ first: string }[] }

type Props = { report: Report; onBack: () => void; onDone: (job: string) => void }

export function ReportStep({ report, onBack, onDone }: Props) {
  const { slug } = useOrganization()
  const { counts, failed, made } = report
  const [refusal, setRefusal] = useState('')
  const { run, pending } = useMemberAction(startApply, { quiet: true })
  const [created, wrong] = [counts.created ?? 0, counts.failed ?? 0]
  async function apply(mode: string) {
    const state = await run({ id: report.id, mode })
    if (state.status === 'ok') onDone(state.data!.job)
    else if (state.status === 'refused') setRefusal(state.message)
  }
  return (
    <div className="flex flex-col gap-4">
      <FormMessage>{refusal}</FormMessage>
      <dl className="grid grid-cols-2 gap-3">
        <Figure label="Would be created" value={created} />
        <Figure label="Would fail" value={wrong} />
      </dl>
      {Object.entries(made).map(([kind, count]) => <p key={kind} className="text-text-muted">Besides, {count} new {kind} would be made.</p>)}
      {wrong > 0 && (
        <>
          <ul aria-label="Rows that would fail" className="max-h-56 divide-y overflow-y-auto rounded-md border" tabIndex={0}>
            {failed.map(({ line, message, first }) => <li key={line} className="flex gap-3 px-3 py-1.5 text-[0.8125rem]">
              <span className="w-16 shrink-0 text-text-muted tabular-nums">Line {line}</span>
              <span className="min-w-0 wrap-anywhere">{first && <span className="font-medium">{first}: </span>}{message}</span>
            </li>)}
          </ul>
          {wrong > failed.length && <p className="text-[0.8125rem] text-text-muted">And {(wrong - failed.length).toLocaleString('en')} more, in the files:</p>}
          <ErrorLinks batch={report.id} />
        </>
      )}
      <p className="text-[0.8125rem] text-text-muted">It can be undone for 30 days under <AppLink href={`/${slug}/settings/data`} className="underline">Data</AppLink>.</p>
      <DialogActions>
        <Button onClick={onBack}>Back to the columns</Button>
        <Button variant="primary" pending={pending} disabled={created === 0} onClick={() => void apply(wrong > 0 ? 'skip_failed' : 'all_or_nothing')}>
          {`Import ${created.toLocaleString('en')} ${created === 1 ? 'row' : 'rows'}${wrong > 0 ? ', leave out the others' : ''}`}
        </Button>
      </DialogActions>
    </div>
  )
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <div className="rounded-md border px-4 py-3">
      <dt className="text-[0.8125rem] text-text-muted">{label}</dt>
      <dd className="text-xl font-semibold tabular-nums">{value.toLocaleString('en')}</dd>
    </div>
  )
}
