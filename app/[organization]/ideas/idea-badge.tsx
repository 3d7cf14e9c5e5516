import { Badge } from '@/components/ui/badge'
import type { Tone } from '@/components/ui/tone'
import { IDEA_STATUS_LABELS, type IdeaStatus } from '@/lib/ideas/schema'
import { RECOMMENDED_FROM } from '@/lib/ideas/score'

const TONES: Record<IdeaStatus, Tone> = { draft: 'neutral', refining: 'info', validated: 'success', rejected: 'warning', converted: 'accent', archived: 'neutral' }

export function IdeaBadge({ status, scorePm }: { status: IdeaStatus; scorePm: number | null }) {
  return <Badge tone={TONES[status]}>{status === 'validated' && (scorePm ?? 0) >= RECOMMENDED_FROM ? 'Highly recommended' : IDEA_STATUS_LABELS[status]}</Badge>
}
