'use client'

import { ShieldCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useMemberAction } from '@/components/forms/use-member-action'
import { useOrganization } from '@/components/forms/organization'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { Card, CardBody } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Input } from '@/components/ui/input'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { SealProblem, VerifyStep } from '@/lib/audit/seals'
import { verifyHistory } from './actions'

const WORDS: Record<SealProblem['problem'], string> = {
  seal_missing: 'is missing', seal_changed: 'was changed', chain_broken: 'does not hold the hash of the one before', event_added: 'has an event that was put in later',
  event_removed: 'misses an event', event_changed: 'has an event that was changed', head_differs: 'is not the one that you noted',
}

/** Compares the history with its seals step by step, in view of whoever asks. */
export function VerifyCard() {
  const { run, pending } = useMemberAction(verifyHistory)
  const { slug } = useOrganization()
  const [noted, setNoted] = useState('')
  const [result, setResult] = useState<VerifyStep & { done: number }>()
  async function verify() {
    const problems: SealProblem[] = []
    for (let from: number | null = 1; from !== null; ) {
      const state = await run({ from: String(from), noted: noted.trim() })
      if (state.status !== 'ok' || !state.data) return setResult(undefined)
      problems.push(...state.data.problems)
      setResult({ ...state.data, problems, done: (state.data.next ?? (state.data.head?.seq ?? 0) + 1) - 1 })
      from = state.data.next
    }
  }
  return (
    <Card className="mb-4">
      <CardBody className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 basis-64 text-[0.8125rem] text-text-muted">Events are sealed every minute, each seal over the one before: whoever changes, removes or adds one, in the database too, is found out.</p>
          <Input aria-label="A seal noted earlier" placeholder="A seal noted earlier (optional)" value={noted} onChange={(event) => setNoted(event.target.value)} spellCheck={false} autoComplete="off" className="w-full font-mono text-xs sm:w-64" />
          <Button icon={<ShieldCheck />} pending={pending} onClick={() => void verify()}>Verify</Button>
        </div>
        <div aria-live="polite" className="contents">
          {result?.next && <ProgressBar label="Seals compared" value={result.done} max={result.head?.seq ?? 1} showValue />}
          {result && result.next === null && (
            <>
              {result.problems.length === 0 ? (
                <p className="flex items-start gap-2 text-success">
                  <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0" /> {result.head
                    ? `Whole: ${result.events.toLocaleString('en')} events in ${result.head.seq.toLocaleString('en')} seal${result.head.seq === 1 ? '' : 's'} are as they were written.`
                    : 'Nothing is sealed yet: the first events are, minutes after they happened.'}
                </p>
              ) : (
                <div className="text-danger">
                  <p className="flex items-start gap-2 font-medium"><TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" /> Not whole: {result.problems.length} problem{result.problems.length === 1 ? '' : 's'}.</p>
                  <ul className="mt-1 list-disc ps-6">
                    {result.problems.slice(0, 50).map(({ seq, problem, eventId }, index) => <li key={index}>
                      Seal {seq} {WORDS[problem]}{eventId && (problem === 'event_removed' ? <span className="font-mono text-xs"> {eventId}</span> : <> <AppLink href={`/${slug}/settings/audit/${eventId}`} className="underline">which one</AppLink></>)}
                    </li>)}
                  </ul>
                </div>
              )}
              {result.head && (
                <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-text-muted">
                  Newest seal, to note elsewhere: <code className="font-mono text-xs break-all select-all">{result.head.seq}:{result.head.hash}</code> <CopyButton text={`${result.head.seq}:${result.head.hash}`} />
                </p>
              )}
            </>
          )}
        </div>
      </CardBody>
    </Card>
  )
}
