'use client'

import { classNames } from '@/components/ui/class-names'
import { useDateStyle } from '@/components/ui/date-style'
import { exactDay } from '@/components/ui/exact-time'

/** A due day in words near today, with the exact one on hover. `today` is `YYYY-MM-DD` in the organization's zone. */
export function DueDate({ dueOn, today, open }: { dueOn: Date | null; today: string; open: boolean }) {
  const style = useDateStyle()
  if (!dueOn) return <span className="text-text-muted">No due date</span>
  const day = dueOn.toISOString().slice(0, 10)
  const distance = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
  const near: Record<string, string> = { '-1': 'Yesterday', '0': 'Today', '1': 'Tomorrow' }
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  const text = near[distance] ?? exactDay(sameYear ? null : dueOn.getUTCFullYear(), dueOn.getUTCMonth() + 1, dueOn.getUTCDate(), style)
  const isLate = open && distance < 0
  return (
    <time dateTime={day} title={dueOn.toLocaleDateString('en', { timeZone: 'UTC', dateStyle: 'full' })} className={classNames('whitespace-nowrap', isLate && 'font-medium text-danger')}>
      {text}
      {isLate && <span className="sr-only"> (overdue)</span>}
    </time>
  )
}
