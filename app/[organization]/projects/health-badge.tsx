import { Badge } from '@/components/ui/badge'
import type { Health } from '@/lib/projects/health'

const WORDS = { red: { label: 'Needs attention', tone: 'danger' }, amber: { label: 'Watch', tone: 'warning' }, green: { label: 'On track', tone: 'success' } } as const

export function HealthBadge({ health: { colour, reasons } }: { health: Health }) {
  const { label, tone } = WORDS[colour]
  return <span title={reasons.join(', ') || undefined}><Badge tone={tone}>{label}</Badge></span>
}
