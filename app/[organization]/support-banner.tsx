'use client'

import { LifeBuoy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ActionForm } from '@/components/forms/action-form'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import type { FormAction } from '@/lib/actions/state'
import type { SupportFacts } from '@/lib/tenancy/member'

const BAR = 'flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-warning-soft px-4 py-2 text-warning sm:px-6 lg:px-8'

/** On every page of somebody of the platform: that they are here as support, how, for how long, and the way out. */
export function SupportBanner({ support, end }: { support: SupportFacts; end: FormAction }) {
  return (
    <div className={BAR}>
      <LifeBuoy aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">Support session of {support.adminName}.</strong> {support.mode === 'read_only' ? 'You may only look.' : 'You may change things.'} Every page is written down. <TimeLeft until={support.endsAt} />
      </p>
      <ActionForm action={end} hidden={{ id: support.id }}>{({ pending }) => <Button type="submit" size="sm" pending={pending}>End</Button>}</ActionForm>
    </div>
  )
}

type Visit = { id: string; adminName: string; reason: string; mode: string; status: string; endsAt: Date | null }

/** For owners and admins, while somebody of the platform is here or asks to come. */
export function VisitorBanner({ slug, visit }: { slug: string; visit: Visit }) {
  const isHere = visit.status === 'active'
  return (
    <div className={BAR}>
      <LifeBuoy aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 wrap-anywhere">
        <strong className="font-semibold">{visit.adminName} of support {isHere ? (visit.mode === 'read_only' ? 'is here to look' : 'is here and may change things') : 'asks to come in'}.</strong> “{visit.reason}” {isHere && visit.endsAt && <TimeLeft until={visit.endsAt.toISOString()} />}
      </p>
      <AppLink href={`/${slug}/settings/support`} className="font-medium underline underline-offset-2">{isHere ? 'See or end it' : 'Answer'}</AppLink>
    </div>
  )
}

/** Minutes, and seconds in the last one. Said by the clock of this browser; the database counts by its own. */
function TimeLeft({ until }: { until: string }) {
  const [seconds, setSeconds] = useState<number | null>(null)
  useEffect(() => {
    const count = () => setSeconds(Math.max(0, Math.round((Date.parse(until) - Date.now()) / 1_000)))
    count()
    const timer = setInterval(count, 1_000)
    return () => clearInterval(timer)
  }, [until])
  if (seconds === null) return null
  const words = seconds === 0 ? 'The time is over.' : seconds < 60 ? `${seconds} s left.` : `${Math.ceil(seconds / 60)} min left.`
  return <span className="tabular-nums">{words}</span>
}
