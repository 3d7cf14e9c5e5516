'use client'

import { useEffect, useRef, useState } from 'react'
import { useOrganization } from '@/components/forms/organization'
import type { Job } from '@/lib/jobs/jobs'

const POLL_MS = 700
export type JobView = Pick<Job, 'id' | 'status' | 'done' | 'total' | 'error' | 'result'>

export const isOver = ({ status }: { status: string }) => status !== 'queued' && status !== 'running'

/** How far a job is, asked for until it has ended; `onFinished` is called once then. */
export function useJob(first: JobView, onFinished?: (job: JobView) => void): JobView {
  const { slug } = useOrganization()
  const [job, setJob] = useState(first)
  const finished = useRef(onFinished)
  useEffect(() => {
    finished.current = onFinished
  })
  useEffect(() => {
    if (isOver(first)) return
    let timer: ReturnType<typeof setTimeout>
    let isGone = false
    const look = async () => {
      // Without an answer it is asked again: the work does not depend on who watches it.
      const answer = await fetch(`/api/v1/${slug}/jobs/${first.id}`, { cache: 'no-store' }).then((response) => (response.ok ? (response.json() as Promise<JobView>) : null), () => null)
      if (isGone) return
      if (answer) setJob(answer)
      if (answer && isOver(answer)) finished.current?.(answer)
      else timer = setTimeout(() => void look(), POLL_MS)
    }
    void look()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a job is asked for by its id; its figures change under way
  }, [slug, first.id])
  return job
}
