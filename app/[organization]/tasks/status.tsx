import { Archive, CircleCheck, CircleDashed, CircleDot, CirclePause, CircleX, Eye, FlaskConical, type LucideIcon } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { PRIORITY_LABELS, STATUS_LABELS, type Priority, type Status } from '@/lib/tasks/rules'

const ICONS: Record<Status, LucideIcon> = { todo: CircleDashed, in_progress: CircleDot, blocked: CirclePause, review: Eye, testing: FlaskConical, done: CircleCheck, cancelled: CircleX, archived: Archive }
const TONES = { todo: 'neutral', in_progress: 'accent', blocked: 'danger', review: 'info', testing: 'info', done: 'success', cancelled: 'neutral', archived: 'neutral' } as const
const PRIORITY_TONES = { critical: 'danger', urgent: 'warning', high: 'accent', medium: 'neutral', low: 'neutral' } as const

export function StatusIcon({ status, className = 'size-4' }: { status: string; className?: string }) {
  const Icon = ICONS[status as Status]
  return <Icon aria-hidden className={className} />
}

export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge tone={TONES[status as Status]} icon={<StatusIcon status={status} className="size-3" />}>
      {STATUS_LABELS[status as Status]}
    </Badge>
  )
}

export function PriorityBadge({ priority }: { priority: string }) {
  return <Badge tone={PRIORITY_TONES[priority as Priority]}>{PRIORITY_LABELS[priority as Priority]}</Badge>
}
