'use client'

import { useState } from 'react'
import { useOrganization } from '@/components/forms/organization'
import { UNREACHABLE } from '@/components/forms/use-member-action'
import { Button } from '@/components/ui/button'
import { FormMessage } from '@/components/ui/form-message'
import { JobProgress } from '../jobs/job-progress'
import type { Report } from './report-step'

type Props = { batch: string; job: string; total: number; onBack: () => void; onDone: (report: Report) => void }

export function CheckStep({ batch, job, total, onBack, onDone }: Props) {
  const { slug } = useOrganization()
  const [problem, setProblem] = useState('')
  async function finish(status: string) {
    if (status !== 'succeeded') return setProblem('It was not tried to the end. Nothing was changed.')
    const answer = await fetch(`/api/v1/${slug}/imports/${batch}`, { cache: 'no-store' }).catch(() => null)
    if (answer?.ok) onDone((await answer.json()) as Report)
    else setProblem(UNREACHABLE)
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-text-muted">Every row is written as it would be, and all of it is taken back: nothing is changed.</p>
      <JobProgress job={{ id: job, status: 'queued', done: 0, total, error: null, result: null }} label="Trying" onFinished={({ status }) => void finish(status)} />
      <FormMessage>{problem}</FormMessage>
      {problem && <div><Button onClick={onBack}>Back to the columns</Button></div>}
    </div>
  )
}
